"""What a host's robots.txt allows us: its bytes go in, yes or no and a pause come out (RFC 9309)."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from protego import Protego

AGENT = "onrecord"  # the product token that a robots.txt names us by
# RFC 9309, section 2.5: at least 500 KiB must be read; what follows is no longer looked at.
MOST_BYTES = 500 * 1024


class Robots:
    """The rules of one host. Without rules everything is allowed."""

    def __init__(self, rules: "Protego | None" = None) -> None:
        self._rules = rules

    def allows(self, url: str) -> bool:
        """Whether we may fetch this URL of the host."""
        return self._rules is None or self._rules.can_fetch(url, AGENT)

    def pause_seconds(self) -> float:
        """How long the host asks to be left alone between two pages; 0 where it does not say."""
        if self._rules is None:
            return 0.0
        rate = self._rules.request_rate(AGENT)
        asked = rate.seconds / rate.requests if rate and rate.requests else 0.0
        return max(0.0, asked, self._rules.crawl_delay(AGENT) or 0.0)


def read_robots(body: bytes) -> Robots:
    """The rules that these bytes of a robots.txt hold."""
    from protego import Protego

    return Robots(Protego.parse(body[:MOST_BYTES].decode("utf-8-sig", "replace")))
