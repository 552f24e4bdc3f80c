"""PyInstaller's own hook asks for the metadata of `webrtcvad`; the same module is installed as `webrtcvad-wheels`."""

from PyInstaller.utils.hooks import copy_metadata

datas = copy_metadata("webrtcvad-wheels")
