"""Every story in `features`, in plain Chinese, through real processes."""

from pytest_bdd import scenarios

scenarios("features")
