"""Whether a port is free: asked before Django is started, so it needs none of it."""

import socket


def port_is_free(host: str, port: int) -> bool:
    """Whether the portal can listen there."""
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True
