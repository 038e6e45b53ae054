"""Cut a model file into parts that a static host takes and that an interrupted download goes on from, and name them in the manifest.

    python parts.py --model RUN/export

Writes `model.onnx.0`, `model.onnx.1` … beside `manifest.json` and lists them in it as `files.model.parts`, each with its sha256 and its bytes; joined in their
order they are the file that `files.model.sha256` is of. A reader that knows no parts finds the whole file's name as before.
"""

import argparse
import hashlib
import json
from pathlib import Path

MOST = 24_000_000
"""Bytes of a part: hosts of static files refuse larger ones from 25 MiB on."""


def cut(body: bytes, most: int = MOST) -> list[bytes]:
    """The file in as few parts as there must be, all of about the same length."""
    count = -(-len(body) // most)
    length = -(-len(body) // max(count, 1))
    return [body[at : at + length] for at in range(0, len(body), length)]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--model", type=Path, required=True, help="folder of manifest.json and the model's file")
    given = parser.parse_args()
    path = given.model / "manifest.json"
    manifest = json.loads(path.read_text())
    file = manifest["files"]["model"]
    file["parts"] = []
    for at, part in enumerate(cut((given.model / file["path"]).read_bytes())):
        name = f"{file['path']}.{at}"
        (given.model / name).write_bytes(part)
        file["parts"].append({"path": name, "sha256": hashlib.sha256(part).hexdigest(), "bytes": len(part)})
    path.write_text(json.dumps(manifest, indent=1, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
