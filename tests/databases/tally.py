"""Says at the very end of a run how many contract tests passed on each database."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["DATABASES", "ContractTally"]

DATABASES = ("sqlite", "postgresql")


class ContractTally:
    """A pytest plugin. A test belongs to the database its fixture noted as a user property."""

    def __init__(self, config: pytest.Config) -> None:
        self._config = config
        self._passed: Counter[str] = Counter()
        self._failed: Counter[str] = Counter()
        self.versions: dict[str, str] = {}

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        database = dict(report.user_properties).get("database")
        if not isinstance(database, str) or not report.nodeid.startswith("tests/contract/"):
            return
        if report.failed:
            self._failed[database] += 1
        elif report.when == "call" and report.passed:
            self._passed[database] += 1

    @pytest.hookimpl(optionalhook=True)
    def pytest_testnodedown(self, node: Any) -> None:
        """Take over what a process that ran some of the tests knows."""
        self.versions |= getattr(node, "workeroutput", {}).get("versions", {})

    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_sessionfinish(self) -> Iterator[None]:
        if (output := getattr(self._config, "workeroutput", None)) is not None:
            output["versions"] = self.versions
        yield
        terminal = self._config.pluginmanager.get_plugin("terminalreporter")
        if terminal is not None:
            for line in self._lines():
                terminal.write_line(line)

    def _lines(self) -> Iterator[str]:
        for database in DATABASES:
            passed, failed = self._passed[database], self._failed[database]
            if passed or failed:
                name = " ".join([database, *filter(None, [self.versions.get(database)])])
                yield f"{name}: {passed} passed" + (f", {failed} failed" if failed else "")
