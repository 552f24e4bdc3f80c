"""A device with a thread of its own: the four states, and a crash that becomes FAILED."""

from __future__ import annotations

import logging
import threading
from abc import ABC, abstractmethod
from collections.abc import Callable

from app.ports.device import DeviceError, DeviceFault, DeviceState, DeviceStatus, Unsubscribe
from devices.listeners import Listeners

log = logging.getLogger(__name__)


class Run:
    """From one start to its stop; the thread of a run that is over may still be ending, unheard."""

    def __init__(self) -> None:
        self._over = threading.Event()
        self.thread: threading.Thread | None = None

    @property
    def over(self) -> bool:
        """Whether the device was stopped since."""
        return self._over.is_set()

    def end(self) -> None:
        """Ask the thread to end."""
        self._over.set()

    def wait(self, seconds: float) -> bool:
        """Wait, at most until the end is asked for; returns whether it was."""
        return self._over.wait(seconds)


class RunningDevice(ABC):
    """Starts and ends the thread; a driver writes `_work`, which ends with its run or its source."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._lock = threading.Lock()
        self._status = DeviceStatus(DeviceState.STOPPED)
        self._run: Run | None = None
        self._last: Run | None = None
        self._watchers: Listeners[DeviceStatus] = Listeners()

    @property
    def status(self) -> DeviceStatus:
        """Where the device stands now."""
        return self._status

    def watch(self, on_status: Callable[[DeviceStatus], None]) -> Unsubscribe:
        """Hear every change of status."""
        return self._watchers.add(on_status)

    def start(self) -> None:
        """Begin in a new thread; does nothing while STARTING or RUNNING."""
        with self._lock:
            if self._run is not None:
                return
            run = Run()
            run.thread = threading.Thread(target=self._main, args=(run,), name=self._name, daemon=True)
            self._run = self._last = run
            self._status = status = DeviceStatus(DeviceState.STARTING)
        self._watchers.tell(status)
        run.thread.start()

    def stop(self) -> None:
        """Ask the thread to end and forget it; does not wait, since a capture may hang in its own library."""
        with self._lock:
            run, self._run = self._run, None
            if run is not None:
                run.end()
            if self._status.state is DeviceState.STOPPED:
                return
            self._status = status = DeviceStatus(DeviceState.STOPPED)
        self._watchers.tell(status)

    def join(self, timeout_s: float) -> bool:
        """Wait for the thread of the last start to end, after `stop`; returns whether it has."""
        thread = self._last.thread if self._last is not None else None
        if thread is not None and thread.is_alive():
            thread.join(timeout_s)
            return not thread.is_alive()
        return True

    @abstractmethod
    def _work(self, run: Run) -> None:
        """What the thread does; a DeviceError or any other exception ends in FAILED, a return in STOPPED."""

    def _become(self, run: Run, status: DeviceStatus) -> bool:
        """Take a new status on behalf of `run`; returns False where that run is no longer the device's."""
        with self._lock:
            if self._run is not run:
                return False
            if status.state in (DeviceState.FAILED, DeviceState.STOPPED):
                self._run = None
            changed = status != self._status
            self._status = status
        if changed:
            self._watchers.tell(status)
        return True

    def _main(self, run: Run) -> None:
        try:
            self._work(run)
        except DeviceError as error:
            self._become(run, DeviceStatus(DeviceState.FAILED, error.fault, error.detail))
        except Exception as error:
            log.exception("%s crashed", self._name)
            self._become(run, DeviceStatus(DeviceState.FAILED, DeviceFault.CRASHED, type(error).__name__))
        else:
            self._become(run, DeviceStatus(DeviceState.STOPPED))
