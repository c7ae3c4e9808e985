#!/usr/bin/env python3
"""Fails on a text of the window that is untranslated, badly translated, or not marked for translation at all.

check_texts.py SOURCE_FOLDER LUPDATE
"""

import collections
import pathlib
import re
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ElementTree

HAN = "\u4e00-\u9fff"

# What a Chinese text must not have, by pattern, with the reason.
STYLE = [
    (r"您", "say 你, or nothing"),
    (r"[！!]", "no exclamation marks"),
    (r"(?<!申)请(?!求)", "no 请"),
    (r"\s%", "no space before a percent sign"),
    (rf"[{HAN}][,;?()]|[,;?()][{HAN}]", "full-width punctuation beside Chinese"),
    (rf"[{HAN}][:.](?!\*)", "full-width punctuation after Chinese"),
    (rf"[{HAN}][A-Za-z0-9]|[A-Za-z0-9][{HAN}]", "a space between Chinese and Latin letters or figures"),
    (rf"[，。：；？！（）、] (?=[{HAN}A-Za-z])|(?<=[{HAN}]) (?=[，。：；？！（）、])", "no space beside full-width punctuation"),
    (r"[“”]|\.\.\.", "「」 for names, … for more"),
]
# Qt's date formats stand without spaces, file dialogs' filters keep their half-width brackets.
DATE_FORMAT = re.compile(r"^(yyyy年)?M月d日( dddd| HH:mm:ss)?$")
NAME_FILTER = re.compile(r" \(\*\.\w+\)(;;)?")
PLACE = re.compile(r"%L?(?:\d|n)")

# Literals with words that are no texts of the window, by file and a piece of the literal, with the reason.
EXCEPTIONS = {
    "ui/shared/style.cpp": "style sheet",
    "ui/shared/fonts.cpp": "names of fonts",
    "ui/simulation/field.cpp": "names of members of scenario files",
    "ui/help/components.cpp": "names of libraries and licences",
    "ui/help/diagnostics.cpp": "for whoever maintains the program, English in every language",
}
NOT_TEXT = re.compile(r"^(?:every Icon has a file name|\^draft, line .*|[a-z]+:.*|Ctrl[ +].*|Alt[ +].*|:/.*|Roboto|English|affinity-console.*)$")
WORDS = re.compile(r"[A-Za-z]{2,}[^A-Za-z%]* [^A-Za-z%]*[A-Za-z]{2,}|^[A-Z][a-z]{2,}$")
SHOWS = re.compile(
    r"(?:setText|setToolTip|setWindowTitle|setAccessibleName|setAccessibleDescription|setPlaceholderText|setTitle|"
    r"setCaption|setSentence|setEmptyText|setUnit|setFact|setName|setMessage|setHint|setError|addItem|announce|showToast|"
    r"new (?:TextLabel|Button|QLabel|IconButton|Tag|PageHead|Panel|EmptyState|FormRow|QCheckBox|QRadioButton)|textCell)\($")
LITERAL = re.compile(r'"((?:[^"\\\n]|\\.)*)"')
MARKED = re.compile(r"(?:\btr|translate|QT_TR_NOOP|QT_TRANSLATE_NOOP)\s*\((?:[^()\"]|\"(?:[^\"\\]|\\.)*\"|\([^()]*\))*$", re.S)


def messages(path):
    """(context, source, comment) -> (message element)."""
    found = {}
    for context in ElementTree.parse(path).getroot().iter("context"):
        for message in context.iter("message"):
            key = (context.findtext("name"), message.findtext("source"), message.findtext("comment") or "")
            found[key] = message
    return found


def forms(message):
    translation = message.find("translation")
    numerus = [form.text or "" for form in translation.findall("numerusform")]
    return numerus or [translation.text or ""]


def places(text):
    return collections.Counter(re.findall(r"%L?(?:\d|n)", text)), len(re.findall(r"&(?!&)", text))


def style_faults(text):
    if DATE_FORMAT.match(text):
        return []
    # What stands for %1 may be Chinese or not: spaces beside it are the translator's choice.
    checked = PLACE.sub("¤", NAME_FILTER.sub(" ", text))
    return [reason for pattern, reason in STYLE if re.search(pattern, checked)]


def check_chinese(path):
    faults = []
    for (context, source, _), message in messages(path).items():
        where = f"{context}: {source!r}"
        state = message.find("translation").get("type")
        if state:
            faults.append(f"{where} is {state}")
        for text in forms(message):
            if not text.strip():
                faults.append(f"{where} has no translation")
            if places(text) != places(source):
                faults.append(f"{where} and {text!r} differ in %1, %n or &")
            faults += [f"{where} → {text!r}: {reason}" for reason in style_faults(text)]
    return faults


def extracted(source, lupdate, folder, plural_only):
    fresh = folder / ("plurals.ts" if plural_only else "fresh.ts")
    command = [lupdate, "-silent", "-I", str(source), "-locations", "none", "-source-language", "en",
               "-target-language", "en" if plural_only else "zh_CN", str(source / "ui"), str(source / "app"),
               "-ts", str(fresh)]
    if plural_only:
        command.insert(1, "-pluralonly")
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return messages(fresh)


def check_complete(source, lupdate):
    faults = []
    with tempfile.TemporaryDirectory() as name:
        for file_name, plural_only in (("affinity_zh_CN.ts", False), ("affinity_en.ts", True)):
            kept = messages(source / "translations" / file_name)
            wanted = extracted(source, lupdate, pathlib.Path(name), plural_only)
            faults += [f"{file_name} lacks {key}" for key in wanted if key not in kept]
            faults += [f"{file_name} has {key}, which no source has" for key in kept if key not in wanted]
    return faults


def without_comments(text):
    return re.sub(r"//[^\n]*|/\*.*?\*/", "", re.sub(r'R"\((.*?)\)"', '""', text, flags=re.S), flags=re.S)


def check_unmarked(source):
    """Literals of two words or more that no tr() holds, and single words that go straight into a widget."""
    faults = []
    files = sorted([*source.glob("ui/**/*.cpp"), *source.glob("ui/**/*.h"), *source.glob("app/console*.cpp")])
    for path in files:
        name = path.relative_to(source).as_posix()
        if name in EXCEPTIONS:
            continue
        text = re.sub(r"^\s*#.*$", "", without_comments(path.read_text(encoding="utf-8")), flags=re.M)
        blank = LITERAL.sub(lambda found: '"' + "_" * (len(found.group(0)) - 2) + '"', text)
        for literal in LITERAL.finditer(text):
            words = literal.group(1)
            if not WORDS.search(words) or NOT_TEXT.match(words):
                continue
            start = max(blank.rfind(";", 0, literal.start()), blank.rfind("{\n", 0, literal.start()))
            statement = blank[start + 1:literal.start()]
            if MARKED.search(statement):
                continue
            shown = re.sub(r"(?:QStringLiteral|QLatin1String|QString::fromUtf8)\($", "", statement).rstrip()
            if " " not in words.strip() and not SHOWS.search(shown):
                continue
            faults.append(f"{name}: {words!r} is not in tr()")
    return faults


# Messages of the engine that no user of the window meets.
ENGINE_ONLY = [
    r"^Line %1: %2$", r"^The results could not be written", r'must be an ISO 8601 time with offset', r"^unknown op ",
    r"^longer than 1 MiB", r"^Today is %1 in %2\. Decay of", r"^The device was decayed meanwhile",
    r"^Decay is switched off in the setting", r"^nobody has this password$",
]
ENGINE_TEXT = re.compile(r"(?:^|[.;] )[A-Z%\"\\].*[a-z].*\.$")


def unescaped(text):
    return text.replace('\\"', '"').replace("\\\\", "\\")


def check_engine(source):
    """Whole sentences of the engine that the window has no translation for."""
    templates = "".join(path.read_text(encoding="utf-8") for path in sorted(source.glob("ui/workspace/errortemplates*.cpp")))
    known = {unescaped("".join(LITERAL.findall(piece)))
             for piece in re.findall(r'QT_TRANSLATE_NOOP\(\s*"EngineText",((?:\s*"(?:[^"\\]|\\.)*")+)', templates)}
    faults = []
    for path in sorted(source.glob("engine/**/*.cpp")):
        text = without_comments(path.read_text(encoding="utf-8"))
        for found in re.finditer(r'QStringLiteral\(\s*((?:"(?:[^"\\\n]|\\.)*"\s*)+)', text):
            words = unescaped("".join(LITERAL.findall(found.group(1))))
            if " " not in words or not ENGINE_TEXT.search(words) or words in known:
                continue
            if not any(re.search(pattern, words) for pattern in ENGINE_ONLY):
                faults.append(f"{path.relative_to(source)}: errortemplates*.cpp have no template for {words!r}")
    return faults


def main():
    source, lupdate = pathlib.Path(sys.argv[1]), sys.argv[2]
    chinese = source / "translations/affinity_zh_CN.ts"
    faults = check_chinese(chinese) + check_complete(source, lupdate) + check_unmarked(source) + check_engine(source)
    for fault in faults:
        print(fault)
    print(f"{len(messages(chinese))} texts, {len(faults)} faults")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
