#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Lanyard authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""Thousands of random requests are signed by Lanyard and by oauthlib, which was written by others."""

import random
import subprocess
import sys
from urllib.parse import quote

try:
    from oauthlib.oauth1.rfc5849 import signature
except ImportError:
    print("1..0 # SKIP oauthlib for Python is not installed")
    sys.exit(0)

N_REQUESTS = 3000
LETTERS = "abcXYZ019-._~ %&=+/?:@!$'()*,;\"<>[]{}|^`äß€😀"
SIGNERS = {
    "HMAC-SHA1": signature.sign_hmac_sha1_with_client,
    "HMAC-SHA256": signature.sign_hmac_sha256_with_client,
    "HMAC-SHA512": signature.sign_hmac_sha512_with_client,
    "PLAINTEXT": signature.sign_plaintext_with_client,
}


class Client:
    def __init__(self, client_secret, token_secret):
        self.client_secret = client_secret
        self.resource_owner_secret = token_secret


def make_text(rng, low=0, high=8):
    return "".join(rng.choice(LETTERS) for _ in range(rng.randint(low, high)))


def make_pairs(rng, prefix=""):
    return [(prefix + make_text(rng, 1), make_text(rng)) for _ in range(rng.randint(0, 5))]


def encode(pairs):
    return "&".join(f"{quote(name, safe='')}={quote(value, safe='')}" for name, value in pairs)


def make_request(rng):
    host = rng.choice(["example.org", "EXAMPLE.com", "127.0.0.1", "a.b-c.example"])
    scheme, port = rng.choice(
        [("https", ""), ("https", ":443"), ("http", ":80"), ("http", ":8080"), ("https", ":8443")]
    )
    path = "".join("/" + quote(make_text(rng), safe="") for _ in range(rng.randint(0, 3)))
    query, form = make_pairs(rng), make_pairs(rng)
    oauth = [
        ("oauth_consumer_key", make_text(rng, 1)),
        ("oauth_nonce", make_text(rng, 1)),
        ("oauth_timestamp", str(rng.randint(1, 2**31))),
        ("oauth_token", make_text(rng, 1)),
    ]
    address = f"{scheme}://{host}{port}{path}" + ("?" + encode(query) if query else "")
    return {
        "method": rng.choice(list(SIGNERS)),
        "verb": rng.choice(["GET", "POST", "put", "DELETE"]),
        "address": address,
        "query": query,
        "form": form,
        "oauth": oauth,
        "secrets": (make_text(rng, 1), make_text(rng)),
    }


def sign_with_oauthlib(request):
    params = signature.normalize_parameters(request["query"] + request["form"] + request["oauth"])
    base = signature.signature_base_string(
        request["verb"], signature.base_string_uri(request["address"]), params
    )
    client = Client(*request["secrets"])
    return SIGNERS[request["method"]](base, client)


def main():
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else random.randrange(2**32)
    rng = random.Random(seed)
    requests = [make_request(rng) for _ in range(N_REQUESTS)]
    lines = [
        "\t".join(
            [
                request["method"],
                request["verb"],
                request["address"],
                encode(request["form"]),
                encode(request["oauth"]),
                quote(request["secrets"][0], safe=""),
                quote(request["secrets"][1], safe=""),
            ]
        )
        for request in requests
    ]
    answer = subprocess.run(
        [sys.argv[1]], input="\n".join(lines) + "\n", capture_output=True, text=True, check=True
    )
    ours = answer.stdout.splitlines()
    print(f"1..1\n# seed {seed}")
    for request, line, mine in zip(requests, lines, ours):
        theirs = sign_with_oauthlib(request)
        if mine != theirs:
            print(f"# {line!r}\n# ours {mine}\n# theirs {theirs}\nnot ok 1 same signatures")
            return 1
    if len(ours) != N_REQUESTS:
        print("not ok 1 a signature for each request")
        return 1
    print("ok 1 same signatures")
    return 0


sys.exit(main())
