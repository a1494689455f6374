"""nginx: in front of our site as docs/operations.md has it, and with the same pages as files."""

import re
import tempfile
from contextlib import ExitStack
from pathlib import Path

from .measuring import RESULTS
from .web_asked import asked
from .web_servers import Server, free_port

OPERATIONS = RESULTS.parent.parent / "docs" / "operations.md"
CONFIGURATION = """
daemon off;
worker_processes 2;
pid {folder}/pid;
error_log stderr;
events {{ worker_connections 512; }}
http {{
    access_log off;
    sendfile on;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    server {{
        listen 127.0.0.1:{port};
        default_type "text/html; charset=utf-8";
        add_header Content-Encoding br;
        root {folder}/pages;
    }}
    {documented}
}}
"""


class Front:
    """A server of nginx: `files` are the addresses of the pages, `documented` that of a site."""

    def __init__(self, site, pages):
        self.site, self.pages = site, pages
        self._ports = free_port(), free_port()
        files, self.documented = (f"http://127.0.0.1:{port}" for port in self._ports)
        self.files = [f"{files}/{page.name}" for page in pages]

    def __enter__(self):
        with ExitStack() as stack:
            made = tempfile.TemporaryDirectory(prefix="bench-nginx-")
            folder = Path(stack.enter_context(made))
            folder.chmod(0o755)  # its workers are another user's when root starts it
            self._keep(folder / "pages")
            written = folder / "nginx.conf"
            written.write_text(self._configuration(folder))
            command = ["nginx", "-p", str(folder), "-e", "stderr", "-c", str(written)]
            stack.enter_context(Server(command, self._ports[0]))
            self._stack = stack.pop_all()
        return self

    def __exit__(self, *exception):
        self._stack.close()

    def _keep(self, folder):
        """Write the pages as our site sends them, compressed."""
        folder.mkdir()
        for page in self.pages:
            (folder / page.name).write_bytes(asked(page.at(self.site.url))[0])

    def _configuration(self, folder):
        files, documented = self._ports
        front = before(self.site.port, documented, folder / "cache")
        return CONFIGURATION.format(folder=folder, port=files, documented=front)


def before(site, port, cache):
    """Return the server that the documentation describes, before a site on another port."""
    blocks = re.findall(r"```nginx\n(.*?)```", OPERATIONS.read_text(encoding="utf-8"), re.DOTALL)
    found = next(block for block in blocks if "proxy_cache_path" in block)
    for old, new in {
        "/var/cache/nginx/culturecoop": str(cache),
        "server {": f"server {{\n    listen 127.0.0.1:{port};",
        "127.0.0.1:8000": f"127.0.0.1:{site}",
    }.items():
        if found.count(old) != 1:
            raise ValueError(f"{OPERATIONS.name}: “{old}” does not stand there once")
        found = found.replace(old, new)
    return found
