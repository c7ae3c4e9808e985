#!/usr/bin/env python3
"""Writes the bill of materials of a built program as SPDX 2.3 JSON: every shared library that it is linked with, directly or through
another, the Debian package that brings it, its version, and its licence where Debian's copyright file says it in machine-readable form.

    sbom.py --program affinity-console --version V --output affinity-console.spdx.json [--built-in PACKAGE]… [--at-run-time PACKAGE]…

--built-in names packages whose headers became part of the program, --at-run-time those it loads without being linked with them.
"""

import argparse
import datetime
import json
import os
import pathlib
import re
import subprocess
import sys
import uuid

# Debian's short names of licences (copyright format 1.0) and SPDX's; "+" and version spellings are handled by spdx_name().
SPDX_NAMES = {
    "expat": "MIT", "mit": "MIT", "isc": "ISC", "zlib": "Zlib", "libpng": "Libpng", "curl": "curl", "cc0": "CC0-1.0", "cc0-1.0": "CC0-1.0",
    "apache-2.0": "Apache-2.0", "apache-2": "Apache-2.0", "bsd-2-clause": "BSD-2-Clause", "bsd-2-clauses": "BSD-2-Clause",
    "bsd-3-clause": "BSD-3-Clause", "bsd-3-clauses": "BSD-3-Clause", "bsd-4-clause": "BSD-4-Clause", "mpl-1.1": "MPL-1.1", "mpl-2.0": "MPL-2.0",
    "ftl": "FTL", "ofl-1.1": "OFL-1.1", "sil-1.1": "OFL-1.1", "afl-2.1": "AFL-2.1", "openssl": "OpenSSL", "unicode": "Unicode-DFS-2016", "bsl-1.0": "BSL-1.0", "boost": "BSL-1.0",
}
GNU = re.compile(r"^(?P<family>A?GPL|LGPL|GFDL)-?(?P<version>\d(?:\.\d)?)(?P<later>\+?)$", re.IGNORECASE)


def run(*command):
    return subprocess.run(command, check=True, capture_output=True, text=True, env={**os.environ, "LC_ALL": "C.UTF-8"}).stdout


def linked_libraries(program):
    """File by name (soname) of every library that the dynamic linker loads, and the names that the program itself asks for."""
    files = {}
    for line in run("ldd", program).splitlines():
        if match := re.match(r"^\s*(\S+) => (/\S+) \(", line):
            files[match[1]] = match[2]
        elif match := re.match(r"^\s*(/\S+) \(", line):
            files[pathlib.Path(match[1]).name] = match[1]
        elif "not found" in line:
            raise ValueError(f"a library is missing: {line.strip()}")
    direct = re.findall(r"\(NEEDED\).*\[(\S+)\]", run("readelf", "-dW", program))
    return files, direct


def owners(files):
    """The Debian package that brings each file, also where /lib is a link to /usr/lib and dpkg knows only one of the two."""
    spellings = {file: dict.fromkeys([file, os.path.realpath(file), "/usr" + file, file.removeprefix("/usr")]) for file in files}
    every = sorted({path for paths in spellings.values() for path in paths})
    found = subprocess.run(["dpkg", "-S", *every], capture_output=True, text=True, check=False).stdout
    package_of = {}
    for line in found.splitlines():
        packages, _, path = line.partition(": ")
        package_of[path] = packages.split(",")[0].strip()
    owner = {}
    for file, paths in spellings.items():
        owner[file] = next((package_of[path] for path in paths if path in package_of), None)
        if owner[file] is None:
            raise ValueError(f"{file} belongs to no Debian package")
    return owner


def package_facts(name):
    fields = "${Package}\\t${Version}\\t${Architecture}\\t${source:Package}\\t${source:Version}\\t${Homepage}"
    package, version, architecture, source, source_version, homepage = run("dpkg-query", "-W", "-f", fields, name).split("\t")
    return {"name": package, "version": version, "architecture": architecture, "source": source, "source_version": source_version,
            "homepage": homepage}


def paragraphs(text):
    """The paragraphs of a Debian control file as dictionaries; continued lines are kept with their line breaks."""
    for block in re.split(r"\n\s*\n", text):
        fields, key = {}, None
        for line in block.splitlines():
            if line[:1] in (" ", "\t") and key:
                fields[key] += "\n" + line.strip()
            elif match := re.match(r"^([A-Za-z-]+):\s*(.*)$", line):
                key = match[1].lower()
                fields[key] = match[2].strip()
        if fields:
            yield fields


def read_copyright(package):
    """The licence of the package's main files (the paragraph "Files: *"), all licence names in the file, and their texts by name."""
    path = pathlib.Path("/usr/share/doc", package, "copyright")
    text = path.read_text(encoding="utf-8", errors="replace") if path.exists() else ""
    if not re.match(r"^Format(-Specification)?:", text):
        return None, [], {}
    main, names, texts = None, [], {}
    for fields in paragraphs(text):
        name, _, body = fields.get("license", "").partition("\n")
        if not name:
            continue
        if body.strip():
            texts.setdefault(name.strip(), body.strip())
        if "files" in fields:
            names.append(name.strip())
            if main is None and "*" in fields["files"].split():
                main = name.strip()
    return main, sorted(set(names)), texts


def spdx_name(short_name, texts, extracted):
    """SPDX's name of one licence, or a LicenseRef whose text is kept in the document."""
    bare = short_name.strip()
    if match := GNU.match(bare):
        version = match["version"] if "." in match["version"] else match["version"] + ".0"
        if match["family"].upper() == "GFDL" and version == "1.0":
            version = "1.1"
        return f"{match['family'].upper()}-{version}-{'or-later' if match['later'] else 'only'}"
    if bare.lower() in SPDX_NAMES:
        return SPDX_NAMES[bare.lower()]
    reference = "LicenseRef-" + re.sub(r"[^A-Za-z0-9.-]+", "-", bare).strip("-")
    extracted.setdefault(reference, (bare, texts.get(bare, f"Debian's copyright file calls this licence \"{bare}\".")))
    return reference


def expression(debian_name, texts, extracted):
    """An SPDX expression from Debian's: "A or B", "A and B", commas; "with … exception" stays part of the name."""
    if debian_name is None:
        return "NOASSERTION"
    alternatives = []
    for alternative in re.split(r",?\s+or\s+|\s*\|\s*", debian_name):
        parts = [spdx_name(part, texts, extracted) for part in re.split(r",?\s+and\s+|\s*,\s*", alternative) if part.strip()]
        alternatives.append(" AND ".join(parts))
    if len(alternatives) == 1:
        return alternatives[0]
    return " OR ".join(f"({one})" if " AND " in one else one for one in alternatives)


def spdx_package(facts, libraries, extracted):
    main, names, texts = read_copyright(facts["name"])
    comment = f"Licences named in the copyright file: {', '.join(names)}." if names else "The copyright file is not machine-readable."
    summary = f"Shared libraries in use: {', '.join(sorted(libraries))}" if libraries else "Not linked as a shared library"
    locator = f"pkg:deb/debian/{facts['name']}@{facts['version'].replace('+', '%2B').replace(':', '%3A')}?arch={facts['architecture']}"
    return {
        "SPDXID": "SPDXRef-" + re.sub(r"[^A-Za-z0-9.-]+", "-", facts["name"]),
        "name": facts["name"],
        "versionInfo": facts["version"],
        "supplier": "Organization: Debian",
        "downloadLocation": "NOASSERTION",
        "homepage": facts["homepage"] or "NOASSERTION",
        "filesAnalyzed": False,
        "sourceInfo": f"Debian source package {facts['source']} {facts['source_version']}",
        "summary": summary,
        "licenseConcluded": "NOASSERTION",
        "licenseDeclared": expression(main, texts, extracted),
        "licenseComments": comment,
        "copyrightText": "NOASSERTION",
        "externalRefs": [{"referenceCategory": "PACKAGE-MANAGER", "referenceType": "purl", "referenceLocator": locator}],
    }


def document(version, packages, relationships, extracted):
    root = {
        "SPDXID": "SPDXRef-affinity-console",
        "name": "affinity-console",
        "versionInfo": version,
        "supplier": "Organization: Affinity Console maintainers",
        "downloadLocation": "NOASSERTION",
        "filesAnalyzed": False,
        "licenseConcluded": "GPL-3.0-or-later",
        "licenseDeclared": "GPL-3.0-or-later",
        "copyrightText": "Affinity Console maintainers",
        "primaryPackagePurpose": "APPLICATION",
    }
    epoch = int(os.environ.get("SOURCE_DATE_EPOCH") or datetime.datetime.now().timestamp())
    created = datetime.datetime.fromtimestamp(epoch, datetime.timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")
    content = json.dumps([root, packages, created], sort_keys=True)
    return {
        "spdxVersion": "SPDX-2.3",
        "dataLicense": "CC0-1.0",
        "SPDXID": "SPDXRef-DOCUMENT",
        "name": f"affinity-console-{version}",
        "documentNamespace": f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_OID, content)}",
        "creationInfo": {"created": created, "creators": ["Organization: Affinity Console maintainers", "Tool: packaging/sbom.py"]},
        "documentDescribes": [root["SPDXID"]],
        "packages": [root, *packages],
        "relationships": [{"spdxElementId": "SPDXRef-DOCUMENT", "relationshipType": "DESCRIBES", "relatedSpdxElement": root["SPDXID"]},
                          *relationships],
        "hasExtractedLicensingInfos": [{"licenseId": reference, "name": name, "extractedText": text}
                                       for reference, (name, text) in sorted(extracted.items())],
    }


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--program", required=True)
    parser.add_argument("--version", required=True)
    parser.add_argument("--built-in", action="append", default=[])
    parser.add_argument("--at-run-time", action="append", default=[])
    parser.add_argument("--output", required=True, type=pathlib.Path)
    options = parser.parse_args()

    files, direct = linked_libraries(options.program)
    owner = owners(files.values())
    libraries, kinds = {}, {}
    for soname, file in files.items():
        package = owner[file]
        libraries.setdefault(package, []).append(soname)
        if soname in direct or package not in kinds:
            kinds[package] = "DYNAMIC_LINK" if soname in direct else "DEPENDS_ON"
    for package in options.built_in:
        kinds[package] = "STATIC_LINK"
    for package in options.at_run_time:
        kinds.setdefault(package, "DEPENDS_ON")

    extracted, packages, relationships = {}, [], []
    for name in sorted(kinds):
        package = spdx_package(package_facts(name), libraries.get(name, []), extracted)
        packages.append(package)
        relationships.append({"spdxElementId": "SPDXRef-affinity-console", "relationshipType": kinds[name],
                              "relatedSpdxElement": package["SPDXID"]})
    text = json.dumps(document(options.version, packages, relationships, extracted), indent=2, ensure_ascii=False)
    options.output.write_text(text + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
