"""Checks a mail with the parser of Python: structure, encodings, headers and line lengths."""

import email
import email.policy
import re
import sys

data = open(sys.argv[1], "rb").read()
mail = email.message_from_bytes(data, policy=email.policy.default)
assert not mail.defects, mail.defects
assert all(len(line) <= 998 for line in data.split(b"\n"))
assert mail.get_content_type() == "multipart/alternative"
text, html = mail.iter_parts()
for part, kind in [(text, "text/plain"), (html, "text/html")]:
    assert part.get_content_type() == kind and not part.defects
    assert part.get_content_charset() == "utf-8"
    assert part["Content-Transfer-Encoding"] == "quoted-printable"
assert text["Content-Type"].params["format"] == "flowed"
assert mail["Auto-Submitted"] == "auto-generated" and mail["List-Id"] and mail["Date"].datetime
assert mail["Bcc"] is None and re.fullmatch(r"<[^<>@\s]+@[^<>@\s]+>", mail["Message-ID"])
links = set(re.findall(r"https://\S+", text.get_content()))
pages = set(re.findall(r'href="([^"]+)"', html.get_content()))
assert links and links == pages, links ^ pages
print(mail["Message-ID"])
