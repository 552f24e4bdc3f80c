"""aiohttp hands a client's TLS certificate to an HTTP handler and to a websocket handler alike: the reason it is used.

A throw-away authority signs one server and one client certificate; the client talks to a server that demands
certificates, over HTTP and over a websocket, and both handlers must name the client from the certificate alone.
"""

import asyncio
import ssl
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from ipaddress import IPv4Address
from pathlib import Path

import aiohttp
import pytest
from aiohttp import web
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

Key = ec.EllipticCurvePrivateKey


def _name(common: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, common)])


def _certificate(subject: str, key: Key, issuer: str, signer: Key, *, authority: bool) -> x509.Certificate:
    now = datetime.now(UTC)
    builder = (
        x509.CertificateBuilder()
        .subject_name(_name(subject))
        .issuer_name(_name(issuer))
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(minutes=5))
        .not_valid_after(now + timedelta(hours=1))
        .add_extension(x509.BasicConstraints(ca=authority, path_length=None), critical=True)
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(IPv4Address("127.0.0.1"))]), critical=False)
    )
    return builder.sign(signer, hashes.SHA256())


@pytest.fixture(scope="module")
def papers(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with an authority, a server and a client signed by it, and a stranger's own certificate."""
    folder = tmp_path_factory.mktemp("papers")
    authority, stranger = (ec.generate_private_key(ec.SECP256R1()) for _ in range(2))

    def keep(name: str, certificate: x509.Certificate, key: Key) -> None:
        (folder / f"{name}.pem").write_bytes(
            certificate.public_bytes(serialization.Encoding.PEM)
            + key.private_bytes(
                serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
            )
        )

    keep("authority", _certificate("authority", authority, "authority", authority, authority=True), authority)
    for name in ("room", "seat-A03"):
        key = ec.generate_private_key(ec.SECP256R1())
        keep(name, _certificate(name, key, "authority", authority, authority=False), key)
    keep("stranger", _certificate("stranger", stranger, "stranger", stranger, authority=True), stranger)
    return folder


def _context(papers: Path, name: str | None, purpose: ssl.Purpose) -> ssl.SSLContext:
    context = ssl.create_default_context(purpose, cafile=str(papers / "authority.pem"))
    if name is not None:
        context.load_cert_chain(papers / f"{name}.pem")
    if purpose is ssl.Purpose.CLIENT_AUTH:
        context.verify_mode = ssl.CERT_REQUIRED
    return context


def _peer(request: web.BaseRequest) -> str:
    assert request.transport is not None
    tls = request.transport.get_extra_info("ssl_object")
    subject = dict(pair[0] for pair in tls.getpeercert()["subject"])
    assert request.transport.get_extra_info("peercert") == tls.getpeercert()
    return str(subject["commonName"])


async def _http(request: web.Request) -> web.Response:
    return web.Response(text=_peer(request))


async def _socket(request: web.Request) -> web.WebSocketResponse:
    socket = web.WebSocketResponse()
    await socket.prepare(request)
    await socket.send_str(_peer(request))
    await socket.close()
    return socket


async def _ask(papers: Path, client: str | None, ask: Callable[[aiohttp.ClientSession, str], object]) -> None:
    app = web.Application()
    app.add_routes([web.get("/http", _http), web.get("/socket", _socket)])
    runner = web.AppRunner(app)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0, ssl_context=_context(papers, "room", ssl.Purpose.CLIENT_AUTH))
    await site.start()
    url = f"https://127.0.0.1:{runner.addresses[0][1]}"
    connector = aiohttp.TCPConnector(ssl=_context(papers, client, ssl.Purpose.SERVER_AUTH))
    try:
        async with aiohttp.ClientSession(connector=connector) as session:
            await ask(session, url)  # type: ignore[misc]
    finally:
        await runner.cleanup()


def test_both_handlers_see_the_clients_certificate(papers: Path) -> None:
    async def ask(session: aiohttp.ClientSession, url: str) -> None:
        async with session.get(f"{url}/http") as answer:
            assert await answer.text() == "seat-A03"
        async with session.ws_connect(f"{url}/socket") as socket:
            assert await socket.receive_str() == "seat-A03"

    asyncio.run(_ask(papers, "seat-A03", ask))


@pytest.mark.parametrize("client", [None, "stranger"])
@pytest.mark.parametrize("way", ["/http", "/socket"])
def test_without_a_certificate_of_the_authority_no_handler_is_reached(
    papers: Path, client: str | None, way: str
) -> None:
    async def ask(session: aiohttp.ClientSession, url: str) -> None:
        with pytest.raises(aiohttp.ClientError):
            await (session.get(url + way) if way == "/http" else session.ws_connect(url + way))

    asyncio.run(_ask(papers, client, ask))
