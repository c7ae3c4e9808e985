#!/usr/bin/env python3
"""Makes a man page: the frame is written by hand, options and commands are those that the program's --help prints.

    manpage.py --program affinity-console --frame man/affinity-console.1.in --version V --output affinity-console.1.gz
               [--words man/zh_CN.json]

--words maps the texts of --help to another language. A text that is not in it stays English and is named on stderr; with --strict that
is a failure, which the tests use.
"""

import argparse
import gzip
import json
import pathlib
import re
import subprocess
import sys

sys.dont_write_bytecode = True  # the tree stays as it is
from releases import read_releases

GLOBAL_OPTION = re.compile(r"^  (--[a-z-]+)(?: ([A-Z][A-Z:|-]*))? +(\S.*)$")
COMMAND = re.compile(r"^  ([a-z][a-z-]*)((?: [A-Z][A-Z.]*)*): (.+)$")
COMMAND_OPTION = re.compile(r"^      (--[a-z-]+)(?: ([A-Z][A-Z:|-]*))? +(\S.*)$")


def read_help(text):
    """The global options, and the commands with theirs: (name, value or arguments, text) each."""
    options, commands = [], []
    for line in text.splitlines():
        if match := COMMAND_OPTION.match(line):
            commands[-1][3].append(match.groups())
        elif match := GLOBAL_OPTION.match(line):
            options.append(match.groups())
        elif match := COMMAND.match(line):
            commands.append((match[1], match[2].split(), match[3], []))
        elif line.startswith(" "):
            raise ValueError(f"--help has a line that is neither option nor command: {line}")
    if not options or not commands:
        raise ValueError("--help shows no options or no commands")
    return options, commands


def escaped(text):
    """Text for groff: its hyphens are typed by people, so they stay hyphen-minus; a dot or quote never begins a request."""
    text = text.replace("\\", "\\e").replace("-", "\\-").replace('"', "\\(dq").replace("'", "\\(aq")
    return "\\&" + text if text.startswith(".") else text


def breakable(page):
    """The page with a place to break after each Chinese character: groff 1.22 breaks lines at spaces only."""
    chinese = re.compile("([\u3001\u3002\u300d\u4e00-\u9fff\uff01-\uff60])(?=[^\\s\u3001\u3002\u300d\uff09\uff0c\uff1a\uff1b])")
    return "\n".join(line if line.startswith(".") else chinese.sub(r"\1\\:", line) for line in page.split("\n"))


def option_lines(options, say):
    lines = []
    for name, value, text in options:
        lines.append(".TP")
        lines.append(f".BI {escaped(name)} \" {value}\"" if value else f".B {escaped(name)}")
        lines.append(escaped(say(text)))
    return lines


def command_lines(commands, say):
    lines = []
    for name, arguments, text, options in commands:
        lines.append(f".SS {' '.join([name, *arguments])}")
        lines.append(escaped(say(text)))
        lines += option_lines(options, say)
    return lines


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--program", required=True)
    parser.add_argument("--frame", required=True, type=pathlib.Path)
    parser.add_argument("--words", type=pathlib.Path)
    parser.add_argument("--version", required=True)
    parser.add_argument("--output", required=True, type=pathlib.Path)
    parser.add_argument("--strict", action="store_true")
    options = parser.parse_args()

    words = json.loads(options.words.read_text(encoding="utf-8")) if options.words else None
    missing = []

    def say(text):
        if words is not None and text not in words:
            missing.append(text)
        return text if words is None else words.get(text, text)

    help_text = subprocess.run([options.program, "--help"], check=True, capture_output=True, text=True, encoding="utf-8").stdout
    global_options, commands = read_help(help_text)
    changelog = pathlib.Path(__file__).resolve().parent.parent / "CHANGELOG.md"
    page = options.frame.read_text(encoding="utf-8")
    page = page.replace("@VERSION@", options.version)
    page = page.replace("@DATE@", str(read_releases(changelog.read_text(encoding="utf-8"))[0]["day"]))
    page = page.replace("@OPTIONS@", "\n".join(option_lines(global_options, say)))
    page = page.replace("@COMMANDS@", "\n".join(command_lines(commands, say)))
    if words is not None:
        page = breakable(page)
    options.output.write_bytes(gzip.compress(page.encode(), 9, mtime=0))
    for text in dict.fromkeys(missing):
        print(f"{options.words} has no words for: {text}", file=sys.stderr)
    return 1 if missing and options.strict else 0


if __name__ == "__main__":
    sys.exit(main())
