# SPDX-FileCopyrightText: 2026 The Lanyard authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The small API behind the sign-ins: who am I, asked in every way that there is."""

from typing import Any

from django.http import HttpRequest, JsonResponse
from django.views.decorators.csrf import csrf_exempt
from oauth2_provider.oauth2_backends import get_oauthlib_core
from oauth2_provider.oauth2_validators import OAuth2Validator
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView


class Validator(OAuth2Validator):
    """Puts a name into id_tokens, whatever scopes were granted."""

    oidc_claim_scope = None

    def get_additional_claims(self, request: Any) -> dict[str, str]:
        """The claims beside those that every id_token has."""
        return {
            "preferred_username": request.user.username,
            "name": request.user.get_full_name(),
        }


class WhoAmI(APIView):
    """Who asks, and by which scheme; Django REST framework checks it."""

    def get(self, request: Request) -> Response:
        """The same for every method."""
        scheme = type(request.successful_authenticator).__name__
        return Response(
            {"user": request.user.username, "via": scheme, "method": request.method}
        )

    post = put = patch = delete = get


@csrf_exempt
def show_bearer(request: HttpRequest) -> JsonResponse:
    """Who asks with a Bearer token.

    Does what the toolkit's own class for Django REST framework does, but says why it refuses.
    """
    allowed, checked = get_oauthlib_core().verify_request(request, ["read"])
    if allowed:
        user = checked.user.username if checked.user else None
        return JsonResponse({"user": user, "method": request.method})
    error = getattr(checked, "oauth2_error", None) or getattr(request, "oauth2_error", None) or {}
    status = 403 if error.get("error") == "insufficient_scope" else 401
    response = JsonResponse(error, status=status)
    challenge = [f'{name}="{value}"' for name, value in error.items()]
    response["WWW-Authenticate"] = ",".join(['Bearer realm="api"', *challenge])
    return response
