"""Gives the picture of one link its share of the line, by what libwebrtc tells of the line."""

from __future__ import annotations

import contextlib
from collections.abc import Sequence
from typing import Any

import webrtc

from devices.call.ceiling import Ceiling


class PictureShare:
    """`ceiling` is what the picture may take now."""

    def __init__(self, most: int) -> None:
        self.ceiling = Ceiling(most)
        self._trips = (0.0, 0)

    async def look(self, pc: webrtc.RTCPeerConnection, stats: Sequence[Any]) -> None:
        """Once a second, with the statistics of now."""
        pairs = [s for s in stats if isinstance(s, webrtc.RTCIceCandidatePairStats) and s.nominated]
        carried = next((s.available_outgoing_bitrate for s in pairs), None)
        if not self.ceiling.turn(self._mean_trip(stats), carried):
            return
        for sender in pc.get_senders():
            if sender.track is not None and sender.track.kind == "video":
                parameters = sender.get_parameters()
                self.bound(parameters)
                with contextlib.suppress(webrtc.PythonWebRTCException):
                    await sender.set_parameters(parameters)

    def bound(self, parameters: webrtc.RTCRtpSendParameters) -> None:
        """Write it into the parameters of a picture's sender."""
        for encoding in parameters.encodings:
            encoding.max_bitrate = self.ceiling.now

    def _mean_trip(self, stats: Sequence[Any]) -> float | None:
        """Seconds of a packet to the partner and back, over all reports since the last time; None without any."""
        told = [s for s in stats if isinstance(s, webrtc.RTCRemoteInboundRtpStreamStats)]
        total = sum(s.total_round_trip_time or 0.0 for s in told)
        count = sum(s.round_trip_time_measurements or 0 for s in told)
        (total_before, count_before), self._trips = self._trips, (total, count)
        return (total - total_before) / (count - count_before) if count > count_before else None
