#!/usr/bin/env python3
"""Makes what a package says about releases from CHANGELOG.md, the one place where they are written down.

    releases.py debian   --version V --maintainer "Name <mail>" --output changelog.gz
    releases.py metainfo --version V --template metainfo.xml.in --output metainfo.xml

A heading is "## 1.2.3 (2027-03-01)" or "## 1.2.3 (unreleased)". The newest must be the version that is being packaged.
"""

import argparse
import datetime
import gzip
import os
import pathlib
import re
import sys
import textwrap
from email.utils import format_datetime
from xml.sax.saxutils import escape

HEADING = re.compile(r"^## (?P<version>\S+) \((?P<date>unreleased|\d{4}-\d{2}-\d{2})\)$")


def build_day():
    """The day of SOURCE_DATE_EPOCH if it is given, so that a package can be made again byte for byte; else today (UTC)."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    if epoch:
        return datetime.datetime.fromtimestamp(int(epoch), datetime.timezone.utc).date()
    return datetime.datetime.now(datetime.timezone.utc).date()


def read_releases(text):
    """Newest first: version, day, whether it is out, and its points with the Markdown marks removed."""
    releases = []
    for number, line in enumerate(text.splitlines(), 1):
        heading = HEADING.match(line)
        if heading:
            is_out = heading["date"] != "unreleased"
            day = datetime.date.fromisoformat(heading["date"]) if is_out else build_day()
            releases.append({"version": heading["version"], "day": day, "is_out": is_out, "points": []})
        elif line.startswith("## "):
            raise ValueError(f"CHANGELOG.md:{number}: a heading is \"## VERSION (YYYY-MM-DD)\" or \"## VERSION (unreleased)\"")
        elif releases and line.startswith("- "):
            releases[-1]["points"].append(line[2:].strip())
        elif releases and line.startswith("  ") and releases[-1]["points"]:
            releases[-1]["points"][-1] += " " + line.strip()
    for release in releases:
        release["points"] = [re.sub(r"[`*]", "", point) for point in release["points"]]
    return releases


def debian_changelog(releases, maintainer):
    entries = []
    for release in releases:
        lines = [f"affinity-console ({release['version']}) {'unstable' if release['is_out'] else 'UNRELEASED'}; urgency=medium", ""]
        for point in release["points"]:
            lines += textwrap.wrap(point, 78, initial_indent="  * ", subsequent_indent="    ", break_on_hyphens=False)
        noon = datetime.datetime.combine(release["day"], datetime.time(12), datetime.timezone.utc)
        lines += ["", f" -- {maintainer}  {format_datetime(noon)}", ""]
        entries.append("\n".join(lines))
    return "\n".join(entries)


def metainfo_releases(releases):
    lines = ["<releases>"]
    for release in releases:
        kind = "stable" if release["is_out"] else "development"
        lines.append(f"    <release version=\"{release['version']}\" date=\"{release['day']}\" type=\"{kind}\">")
        lines += ["      <description>", "        <ul>"]
        lines += [f"          <li>{escape(point)}</li>" for point in release["points"]]
        lines += ["        </ul>", "      </description>", "    </release>"]
    return "\n".join(lines + ["  </releases>"])


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("kind", choices=["debian", "metainfo"])
    parser.add_argument("--version", required=True)
    parser.add_argument("--maintainer")
    parser.add_argument("--template", type=pathlib.Path)
    parser.add_argument("--output", required=True, type=pathlib.Path)
    options = parser.parse_args()

    changelog = pathlib.Path(__file__).resolve().parent.parent / "CHANGELOG.md"
    releases = read_releases(changelog.read_text(encoding="utf-8"))
    if not releases or releases[0]["version"] != options.version:
        newest = releases[0]["version"] if releases else "nothing"
        print(f"CHANGELOG.md begins with {newest}, and the project's version is {options.version}. Write down the release.", file=sys.stderr)
        return 1
    if options.kind == "debian":
        text = debian_changelog(releases, options.maintainer)
        options.output.write_bytes(gzip.compress(text.encode(), 9, mtime=0))
    else:
        template = options.template.read_text(encoding="utf-8")
        options.output.write_text(template.replace("@RELEASES@", metainfo_releases(releases)), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
