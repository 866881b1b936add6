#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Lanyard authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""Thousands of random requests are signed by Lanyard and by oauthlib, which was written by others."""

import random
import subprocess
import sys
from urllib.parse import quote

try:
    import jwt  # noqa: F401 - oauthlib signs with RSA through it
    from cryptography.hazmat.primitives import serialization
    from cryptography.hazmat.primitives.asymmetric import rsa
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
    "RSA-SHA1": signature.sign_rsa_sha1_with_client,
    "RSA-SHA256": signature.sign_rsa_sha256_with_client,
    "RSA-SHA512": signature.sign_rsa_sha512_with_client,
}
# oauthlib takes its time to read a key, which it does for each signature.
WEIGHTS = (30, 30, 30, 30, 1, 1, 1)
VERIFIERS = {
    "HMAC-SHA1": signature.verify_hmac_sha1,
    "HMAC-SHA256": signature.verify_hmac_sha256,
    "HMAC-SHA512": signature.verify_hmac_sha512,
    "PLAINTEXT": signature.verify_plaintext,
    "RSA-SHA1": signature.verify_rsa_sha1,
    "RSA-SHA256": signature.verify_rsa_sha256,
    "RSA-SHA512": signature.verify_rsa_sha512,
}


def make_key():
    """A private and a public key, in PEM form."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    private = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    public = key.public_key().public_bytes(
        serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
    )
    return private.decode(), public.decode()


PRIVATE_KEY, PUBLIC_KEY = make_key()


class Client:
    def __init__(self, client_secret, token_secret):
        self.client_secret = client_secret
        self.resource_owner_secret = token_secret
        self.rsa_key = PRIVATE_KEY


class Received:
    """A request as a server sees it."""

    def __init__(self, request, mine):
        self.http_method = request["verb"]
        self.uri = request["address"]
        self.params = request["query"] + request["form"] + request["oauth"]
        self.signature = mine


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
        "method": rng.choices(list(SIGNERS), WEIGHTS)[0],
        "verb": rng.choice(["GET", "POST", "put", "DELETE"]),
        "address": address,
        "query": query,
        "form": form,
        "oauth": oauth,
        "secrets": (make_text(rng, 1), make_text(rng)),
    }


def get_key(request):
    return PRIVATE_KEY if request["method"].startswith("RSA") else request["secrets"][0]


def sign_with_oauthlib(request):
    params = signature.normalize_parameters(request["query"] + request["form"] + request["oauth"])
    base = signature.signature_base_string(
        request["verb"], signature.base_string_uri(request["address"]), params
    )
    client = Client(*request["secrets"])
    return SIGNERS[request["method"]](base, client)


def is_verified(request, mine):
    """Whether oauthlib takes the signature, as a server that has only what it got."""
    verify = VERIFIERS[request["method"]]
    received = Received(request, mine)
    if request["method"].startswith("RSA"):
        return verify(received, PUBLIC_KEY)
    return verify(received, *request["secrets"])


def is_wrongly_verified(request, mine):
    """Whether it takes that of another request: then it would look at nothing."""
    if request["method"] == "PLAINTEXT":
        return is_verified(request, mine + "x")
    return is_verified({**request, "form": [*request["form"], ("a", "b")]}, mine)


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
                quote(get_key(request), safe=""),
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
        if not is_verified(request, mine) or is_wrongly_verified(request, mine):
            print(f"# {line!r}\n# ours {mine}\nnot ok 1 verified signatures")
            return 1
    if len(ours) != N_REQUESTS:
        print("not ok 1 a signature for each request")
        return 1
    print("ok 1 same signatures")
    return 0


sys.exit(main())
