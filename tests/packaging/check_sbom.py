#!/usr/bin/env python3
"""Fails unless a bill of materials is valid SPDX 2.3 as far as its required members go, and names every library of a program.

    check_sbom.py SBOM PROGRAM VERSION

It asks the dynamic linker and dpkg itself, so it does not believe the script that wrote the file.
"""

import json
import pathlib
import re
import subprocess
import sys

DOCUMENT = ["spdxVersion", "dataLicense", "SPDXID", "name", "documentNamespace", "creationInfo", "packages", "relationships"]
PACKAGE = ["SPDXID", "name", "versionInfo", "downloadLocation", "licenseConcluded", "licenseDeclared", "copyrightText"]
RELATIONSHIPS = {"DESCRIBES", "DYNAMIC_LINK", "STATIC_LINK", "DEPENDS_ON"}
ID = re.compile(r"^SPDXRef-[A-Za-z0-9.-]+$")
CREATED = re.compile(r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$")


def check_document(document, version):
    for member in DOCUMENT:
        if member not in document:
            yield f"the document has no {member}"
    if document.get("spdxVersion") != "SPDX-2.3" or document.get("dataLicense") != "CC0-1.0" or document.get("SPDXID") != "SPDXRef-DOCUMENT":
        yield "the document does not call itself SPDX-2.3, CC0-1.0, SPDXRef-DOCUMENT"
    if not re.match(r"^[a-z]+:[^#\s]+$", document.get("documentNamespace", "")):
        yield "documentNamespace is not a URI without a fragment"
    creation = document.get("creationInfo", {})
    if not CREATED.match(creation.get("created", "")):
        yield "creationInfo.created is not a UTC time to the second"
    if not creation.get("creators") or not all(re.match(r"^(Person|Organization|Tool): \S", one) for one in creation["creators"]):
        yield "creationInfo.creators must be persons, organizations or tools"
    roots = [package for package in document.get("packages", []) if package.get("name") == "affinity-console"]
    if [root.get("versionInfo") for root in roots] != [version]:
        yield f"the program is not there once, with version {version}"


def check_packages(document):
    references = {entry["licenseId"] for entry in document.get("hasExtractedLicensingInfos", []) if entry.get("extractedText")}
    seen = set()
    for package in document["packages"]:
        name = package.get("name", "?")
        for member in PACKAGE:
            if not package.get(member):
                yield f"package {name} has no {member}"
        if not ID.match(package.get("SPDXID", "")) or package["SPDXID"] in seen:
            yield f"package {name} has a bad or repeated SPDXID"
        seen.add(package.get("SPDXID"))
        for word in re.findall(r"LicenseRef-[A-Za-z0-9.-]+", package.get("licenseDeclared", "")):
            if word not in references:
                yield f"package {name}: the text of {word} is missing"
        if re.search(r"[^A-Za-z0-9.()+ -]", package.get("licenseDeclared", "")):
            yield f"package {name}: \"{package['licenseDeclared']}\" is no SPDX expression"
    linked = set()
    for relationship in document["relationships"]:
        if relationship["relationshipType"] not in RELATIONSHIPS:
            yield f"relationship {relationship['relationshipType']} is unknown"
        for end in (relationship["spdxElementId"], relationship["relatedSpdxElement"]):
            if end not in seen and end != "SPDXRef-DOCUMENT":
                yield f"a relationship names {end}, which is not there"
        linked.add(relationship["relatedSpdxElement"])
    for unrelated in sorted(seen - linked):
        yield f"{unrelated} stands in no relationship"


def check_libraries(document, program):
    versions = {package["name"]: package["versionInfo"] for package in document["packages"]}
    summaries = {package["name"]: package.get("summary", "") for package in document["packages"]}
    output = subprocess.run(["ldd", program], check=True, capture_output=True, text=True).stdout
    libraries = re.findall(r"(\S+) => (/\S+)", output)
    if not any(soname.startswith("libQt6Core") for soname, _ in libraries):
        yield f"{program} is not linked with Qt, so this is no check"
    spellings = {path: soname for soname, file in libraries for path in (file, "/usr" + file, file.removeprefix("/usr"))}
    found = subprocess.run(["dpkg", "-S", *spellings], capture_output=True, text=True, check=False).stdout
    owned = set()
    for line in found.splitlines():
        owner, _, path = line.partition(": ")
        package, soname = owner.split(":")[0], spellings[path]
        owned.add(soname)
        version = subprocess.run(["dpkg-query", "-W", "-f", "${Version}", owner.split(",")[0]], check=True, capture_output=True,
                                 text=True).stdout
        if versions.get(package) != version:
            yield f"{soname} is from {package} {version}, which the bill does not name"
        elif soname not in summaries[package].split(": ")[-1].split(", "):
            yield f"{soname} is not named under {package}"
    for soname, _ in libraries:
        if soname not in owned:
            yield f"{soname} belongs to no package"


def main():
    sbom, program, version = sys.argv[1:]
    document = json.loads(pathlib.Path(sbom).read_text(encoding="utf-8"))
    problems = list(check_document(document, version))
    if not problems:
        problems = [*check_packages(document), *check_libraries(document, program)]
    for problem in problems:
        print(f"{sbom}: {problem}")
    print(f"{len(document.get('packages', []))} packages in the bill of materials, {len(problems)} problems")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
