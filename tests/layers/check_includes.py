#!/usr/bin/env python3
"""Reads every #include and fails where an arrow of ARCHITECTURE.md points the wrong way."""

import pathlib
import re
import sys

# What the files of a folder may include, besides their own folder and the standard library.
ALLOWED = {
    "engine/base": [],
    "engine/rules": ["engine/base"],
    "engine/sim": ["engine/rules", "engine/base"],
    "engine/redis": ["engine/base"],
    "engine/push": ["engine/redis", "engine/rules", "engine/base"],
    "engine/rewards": ["engine/base"],
    "engine/store": ["engine/rules", "engine/redis", "engine/base"],
    "engine/access": ["engine/store", "engine/rules", "engine/base"],
    "engine/service": ["engine/store", "engine/push", "engine/rewards", "engine/access", "engine/rules", "engine/base"],
    "engine": ["engine/service", "engine/sim", "engine/redis", "engine/push", "engine/rewards", "engine/store", "engine/access", "engine/rules", "engine/base"],
    "ui/shared": [],
    "ui/charts": ["ui/shared"],
    "ui/shell": ["ui/shared"],
    "ui/workspace": ["ui/shell", "ui/shared", "engine/engine.h"],
}
SCREEN = ["ui/workspace", "ui/shell", "ui/charts", "ui/shared", "engine/engine.h"]

# Qt headers that a folder must not see, by pattern, with the reason.
FORBIDDEN = [
    (r"^engine/(rules|sim)/", r"^<(QObject|QFile|QIODevice|QThread|QSettings|QTimer|QRandomGenerator|QSql.*|QTcp.*|QWebSocket.*|QElapsedTimer)>",
     "the pure middle has no I/O, threads, settings, clock or random device"),
    (r"^ui/", r"^<(QSql.*|QtSql.*|QTcpSocket|QSslSocket|QWebSocket.*|hiredis.*)>", "the window never sees SQL or sockets"),
    (r"^engine/", r"^<(QWidget|QApplication|QtWidgets.*|QChart.*|QtCharts.*|QDialog)>", "the engine has no window"),
    (r"^(app|engine/(?!redis/)|ui)", r"^<(hiredis/.*|sds.h)>", "only engine/redis knows hiredis"),
    (r"^engine/redis/.*\.h$", r"^<(hiredis/.*|QTcpSocket|QSslSocket)>", "the client's headers show neither hiredis nor sockets"),
    (r"^engine/(?!rewards/)", r"^<(QNetworkAccessManager|QNetworkReply|QNetworkRequest)>", "only engine/rewards knows HTTP"),
    (r"^engine/rewards/(connector|delivery|webhook|backoff)\.h$", r"^<(QNetwork.*|QSsl.*)>", "what the relay sees shows no HTTP"),
    (r"^engine/(?!store/)", r"^<(QSql.*|QtSql.*|libpq.*|mysql.*)>", "only engine/store knows SQL"),
]


def folder_of(path):
    parts = path.split("/")
    return "engine" if len(parts) == 2 and parts[0] == "engine" else "/".join(parts[:2])


def problem(path, include):
    target = include.strip('<">')
    for where, what, reason in FORBIDDEN:
        if re.search(where, path) and re.search(what, include):
            return reason
    if include.startswith("<"):
        return None
    if target.startswith("app/"):
        return None if path.startswith("app/") else "nothing includes app"
    if not target.startswith(("engine/", "ui/")):
        return "project headers are included from the top level"
    if path.startswith("app/"):
        return None
    folder = folder_of(path)
    allowed = ALLOWED.get(folder, SCREEN if folder.startswith("ui/") else None)
    if allowed is None:
        return f"the folder {folder} has no arrows in this test; add it"
    if folder_of(target) == folder and target != "engine/engine.h":
        return None
    if folder == "engine" and target == "engine/engine.h":
        return None
    if target in allowed or any(target.startswith(name + "/") for name in allowed):
        return None
    return f"{folder} must not include {target}"


def main(top):
    failures = files = 0
    for folder in ("app", "engine", "ui"):
        for path in sorted(pathlib.Path(top, folder).rglob("*")):
            if path.suffix not in (".h", ".cpp"):
                continue
            files += 1
            name = path.relative_to(top).as_posix()
            for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
                match = re.match(r'\s*#\s*include\s*([<"][^>"]+[>"])', line)
                reason = problem(name, match.group(1)) if match else None
                if reason:
                    failures += 1
                    print(f"{name}:{number}: {match.group(1)}: {reason}")
    print(f"{files} files read, {failures} wrong includes")
    return 1 if failures or files == 0 else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
