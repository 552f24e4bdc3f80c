"""Run by a test that kills it: a machine in a call that records into the folder named by its only argument."""

from __future__ import annotations

import sys
import threading
from pathlib import Path

from devices.call.process import EngineCall
from devices.call.recorder import Recording
from tests.devices.recording_ground import ROOM_PUBLIC
from tests.devices.test_call import Post, Talker

call = EngineCall(Post("one", {}), recording=Recording(Path(sys.argv[1]), (ROOM_PUBLIC,)))
call.start()
Talker(call, (90, 200, 90))
threading.Event().wait()
