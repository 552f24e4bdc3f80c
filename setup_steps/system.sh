#!/bin/sh
# Sees to the packages of the system that the Python wheels lean on: as root on a Debian family (Debian, UOS,
# Kylin) they are installed; otherwise the one line to run is printed. Usage: system.sh PYTHON [tests]
set -eu
python=${1:-}
part=${2:-}
say() { printf 'setup: %s\n' "$*" >&2; }

# Without these no window opens, not even offscreen.
needed="libegl1 libgl1 libdbus-1-3 libfontconfig1 libfreetype6 libglib2.0-0 libx11-6 libxkbcommon0"
# Only a real X11 screen asks for these.
screen="libxkbcommon-x11-0 libx11-xcb1 libxcb-cursor0 libxcb-icccm4 libxcb-image0 libxcb-keysyms1 libxcb-randr0
libxcb-render-util0 libxcb-shape0 libxcb-shm0 libxcb-sync1 libxcb-util1 libxcb-xfixes0 libxcb-xinerama0 libxcb-xkb1"

# Plays the spoken prompts at a door; without it the kiosk is silent. The others compile PyAudio, which is published
# as source alone; without it there is no sound in calls.
sound="alsa-utils portaudio19-dev gcc libc6-dev"

if [ -z "$python" ]; then
    say "Python 3.11 or 3.12 is needed and was not found; on Debian 12: apt-get install python3.11 python3.11-venv"
    exit 1
fi
if ! "$python" -c 'import ensurepip, venv' 2>/dev/null; then
    needed="$needed $("$python" -c 'import sys; print("python%d.%d-venv" % sys.version_info[:2])')"
fi
headers=$("$python" -c 'import sysconfig; print(sysconfig.get_path("include"))')
case $headers in
    /usr/include/*) [ -e "$headers/Python.h" ] || sound="$sound $(basename "$headers")-dev" ;;
esac
if [ "$part" = tests ]; then
    # A sound server without hardware, for hearing ourselves; a player that is not ours, for what was recorded; a token
    # without hardware, and two that judge a signed report without us.
    needed=""
    screen=""
    sound="pulseaudio pulseaudio-utils libasound2-plugins ffmpeg softhsm2 poppler-utils qpdf"
    # A screen without hardware, a window manager, and somebody who types: for the session of a seat.
    sound="$sound xvfb openbox xdotool x11-xkb-utils x11-xserver-utils"
fi
if ! command -v dpkg-query >/dev/null 2>&1; then
    say "no Debian packages here: EGL, GL, D-Bus, fontconfig and xkbcommon are taken to be installed"
    exit 0
fi

missing() {
    for name in "$@"; do
        # Newer systems carry the same library under a name ending in t64.
        dpkg-query -W -f='${Status}\n' "$name" "${name}t64" 2>/dev/null | grep -q '^install ok installed' || printf '%s ' "$name"
    done
}

lacking=$(missing $needed)
wished=$(missing $screen $sound)
[ -n "$lacking$wished" ] || exit 0
if [ "$(id -u)" -eq 0 ]; then
    say "installing $lacking$wished"
    export DEBIAN_FRONTEND=noninteractive
    apt-get update -q
    apt-get install -q -y --no-install-recommends $lacking $wished
elif [ -n "$lacking" ]; then
    say "please run once, then start again:"
    say "  sudo apt-get install -y --no-install-recommends $lacking$wished"
    exit 1
else
    [ "$part" = tests ] && what="the tests with a real sound server, another player, tokens and signed reports" || what="a real screen, spoken prompts and sound in calls"
    say "for $what run: sudo apt-get install -y --no-install-recommends $wished"
fi
