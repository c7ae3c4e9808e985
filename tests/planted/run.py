#!/usr/bin/env python3
"""Breaks the rules on purpose, one defect at a time, and wants the simulator's tests to notice each of them.

Usage: run.py SOURCE_DIR BUILD_DIR [PART_OF_A_NAME]

For each entry of defects.json the named file is compiled with `wrong` in place of `right`, linked with the objects of
sim_tests (before the library, so the broken object wins), and the closed forms, relations and storylines are run. The
build must be up to date and Ninja's. Exit status 1: a defect passed unnoticed, or no longer applies to its file.
"""
import concurrent.futures
import json
import os
import pathlib
import re
import resource
import shlex
import subprocess
import sys
import tempfile

TEST_CLASSES = ("closedforms_test.h", "relations_test.h", "storyline_test.h")
# One seed, so that the table is the same every time; a broken rule's shrunk example is of no interest.
ENVIRONMENT = {**os.environ, "RC_PARAMS": "seed=1 noshrink=1"}
LONGEST_RUN_S = 300


class NotUsable(Exception):
    """The defect or the build cannot be used."""


def test_functions(source):
    """Names of all test functions of the classes, without their data functions."""
    functions = []
    for header in TEST_CLASSES:
        text = (source / "tests/unit/sim" / header).read_text()
        names = re.findall(r"^    void (\w+)\(\);", text, re.MULTILINE)
        functions += [name for name in names if not name.endswith("_data")]
    return functions


def compile_command(build, file):
    """The build's own command for a source file, as a list, without its output."""
    for entry in json.loads((build / "compile_commands.json").read_text()):
        if entry["file"].endswith("/" + file):
            words = shlex.split(entry["command"])
            output = words.index("-o")
            return words[:output] + words[output + 2:], entry["file"]
    raise NotUsable(f"compile_commands.json has no {file}")


def link_command(build):
    """The build's own command that links sim_tests, as a list, without its output."""
    commands = subprocess.run(["ninja", "-C", build, "-t", "commands", "sim_tests"], capture_output=True, text=True,
                              check=True).stdout.splitlines()
    words = shlex.split(commands[-1].removeprefix(": && ").removesuffix(" && :"))
    output = words.index("-o")
    return words[:output], words[output + 2:]


def broken_text(source, defect):
    text = (source / defect["file"]).read_text()
    if text.count(defect["right"]) != 1:
        raise NotUsable(f"no longer applies: {defect['file']} has its `right` text {text.count(defect['right'])} times")
    return text.replace(defect["right"], defect["wrong"])


def build_broken(source, build, folder, defect):
    """Compiles and links; returns the program."""
    broken = folder / pathlib.Path(defect["file"]).name
    broken.write_text(broken_text(source, defect))
    command, original = compile_command(build, defect["file"])
    command = [str(broken) if word == original else word for word in command]
    subprocess.run(command + ["-o", str(folder / "broken.o")], cwd=build, check=True)
    before, after = link_command(build)
    program = folder / "tests"
    subprocess.run(before + ["-o", str(program), str(folder / "broken.o")] + after, cwd=build, check=True)
    return program


def failed_tests(program, functions):
    """The tests that failed, in order; how it died stands last."""
    try:
        run = subprocess.run([program, *functions], capture_output=True, text=True, env=ENVIRONMENT, errors="replace",
                             timeout=LONGEST_RUN_S)
    except subprocess.TimeoutExpired:
        return ["(ran for too long)"]
    failed = list(dict.fromkeys(re.findall(r"^FAIL!  : affinity::test::(\w+::\w+)\(", run.stdout, re.MULTILINE)))
    if run.returncode and not failed:
        failed = [f"(ended with {run.returncode})"]
    return failed


def check(source, build, functions, defect):
    """Two values: whether the line is as it should be, and the line."""
    with tempfile.TemporaryDirectory(prefix="planted-") as folder:
        try:
            failed = failed_tests(build_broken(source, build, pathlib.Path(folder), defect), functions)
        except NotUsable as problem:
            return False, str(problem)
        except subprocess.CalledProcessError as problem:
            return False, f"cannot be built: {problem}"
    if defect["right"] == defect["wrong"]:
        return not failed, ", ".join(failed) or "no test fails, as it should be"
    if not failed:
        return False, "NO TEST NOTICED IT"
    more = f" and {len(failed) - 3} more" if len(failed) > 3 else ""
    return True, ", ".join(failed[:3]) + more


def main():
    if len(sys.argv) not in (3, 4):
        sys.exit(__doc__)
    source, build = (pathlib.Path(argument).resolve() for argument in sys.argv[1:3])
    defects = json.loads((source / "tests/planted/defects.json").read_text())
    # The same way round with nothing broken: the tests must not fail for another reason.
    defects.insert(0, {"name": "(nothing broken)", "file": "engine/rules/decide.cpp", "right": "Decision decide(",
                       "wrong": "Decision decide("})
    if len(sys.argv) == 4:
        defects = [defect for defect in defects if sys.argv[3] in defect["name"]]
    functions = test_functions(source)
    with concurrent.futures.ThreadPoolExecutor(max_workers=2) as pool:
        lines = list(pool.map(lambda defect: check(source, build, functions, defect), defects))
    width = max((len(defect["name"]) for defect in defects), default=0)
    print(f"{'defect':{width}}  caught by")
    for defect, (_, line) in zip(defects, lines):
        print(f"{defect['name']:{width}}  {line}")
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    wrong = sum(not is_right for is_right, _ in lines)
    print(f"{len(defects)} lines, {wrong} not as they should be, {usage.ru_utime + usage.ru_stime:.0f} s of CPU")
    sys.exit(1 if wrong or not defects else 0)


if __name__ == "__main__":
    main()
