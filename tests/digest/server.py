"""An SMTP server with STARTTLS and a login. Keeps each mail in a file, then answers.

server.py CERTIFICATE KEY FOLDER [DELAY]: prints its port. The password of ada is snow. DELAY is
the longest time before an answer, in seconds.
"""

import asyncio
import hashlib
import os
import random
import ssl
import sys

from aiosmtpd.smtp import SMTP, AuthResult


class Handler:
    def __init__(self, folder, delay):
        self.folder, self.delay, self.count = folder, delay, 0

    async def handle_DATA(self, server, session, envelope):
        await asyncio.sleep(random.uniform(0, self.delay))
        self.count += 1
        path = os.path.join(self.folder, f"{self.count:06}.eml")
        with open(path + ".part", "wb") as file:
            file.write(envelope.content)
        os.rename(path + ".part", path)
        await asyncio.sleep(random.uniform(0, self.delay))
        return "250 taken as " + hashlib.sha256(envelope.content).hexdigest()[:8]


def authenticate(server, session, envelope, mechanism, data):
    # A refusal that is not handled here is answered by the server.
    is_known = (data.login, data.password) == (b"ada", b"snow")
    return AuthResult(success=is_known, handled=False)


async def main():
    certificate, key, folder = sys.argv[1:4]
    delay = float(sys.argv[4]) if len(sys.argv) > 4 else 0.0
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    handler = Handler(folder, delay)

    def session():
        return SMTP(
            handler,
            hostname="localhost",
            tls_context=context,
            require_starttls=True,
            auth_required=True,
            authenticator=authenticate,
        )

    server = await asyncio.get_running_loop().create_server(session, "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


asyncio.run(main())
