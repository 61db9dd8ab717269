"""Why something could not be read, in plain words: the name of an error in, its meaning and cure out."""

WORKER_DIED = "WorkerDied"
# What stands under a name here is said of all errors of that name; each tells of its own case beside it.
REASONS: dict[str, tuple[str, str]] = {
    "EmptyInputError": ("Nothing in it", "See whether the file was saved whole, and drop it in again."),
    "BinaryInputError": (
        "Not a text or a page",
        "Word, PDF and picture files are not read: copy the text out of them and paste it, or save it as a "
        "web page or plain text.",
    ),
    "TooLargeError": ("More than one article can be", "Split it into one article a file."),
    "DamagedInputError": ("Cut off or broken", "Get the file again from where it came, and drop it in."),
    "DateInputError": ("A date that cannot be read", "Give the day of publication as 2024-03-20."),
    "RefusedAddressError": (
        "An address that is not fetched",
        "Only public addresses of the web are. Save the page from your browser, and drop in the file.",
    ),
    "RobotsError": (
        "The site asks programs to stay away",
        "Save the page from your browser, and drop in the file.",
    ),
    "StatusError": ("The site answered without a page", "See whether the address opens in your browser."),
    "UnreachableError": ("The site did not answer", "See whether you are online, and try again later."),
    "CodecError": (
        "A record that its own bytes do not bear out",
        "Have it made again: onrecord read --json --keep-body.",
    ),
    "MemoryError": ("Too little memory", "Add it again on a machine with more, or close other programs."),
    WORKER_DIED: ("Too little memory", "Add it again on a machine with more, or close other programs."),
    "InputError": ("Not an article", "What is said beside each tells what to do."),
}
OTHER = ("An error of onrecord itself", "Report it, with the file if you may: it is ours to mend.")


def explain_reason(reason: str) -> tuple[str, str]:
    """What the name of an error means, and what to do."""
    return REASONS.get(reason, OTHER)
