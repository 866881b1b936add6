# SPDX-FileCopyrightText: 2026 The Lanyard authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Which address leads where."""

from django.contrib.auth.views import LoginView
from django.urls import include, path
from rest_framework.authentication import BasicAuthentication, TokenAuthentication
from rest_framework.authtoken.views import obtain_auth_token
from rest_framework_simplejwt.authentication import JWTAuthentication
from rest_framework_simplejwt.views import TokenObtainPairView, TokenRefreshView, TokenVerifyView

from views import WhoAmI, show_bearer

urlpatterns = [
    path("login/", LoginView.as_view(template_name="login.html")),
    # OAuth 2.0 and OpenID Connect
    path("o/", include("oauth2_provider.urls", namespace="oauth2_provider")),
    path("api/me", show_bearer),
    # A JWT for a user name and a password
    path("jwt/", TokenObtainPairView.as_view()),
    path("jwt/refresh/", TokenRefreshView.as_view()),
    path("jwt/verify/", TokenVerifyView.as_view()),
    path("jwt/me", WhoAmI.as_view(authentication_classes=[JWTAuthentication])),
    # HTTP Basic
    path("basic/me", WhoAmI.as_view(authentication_classes=[BasicAuthentication])),
    # "Authorization: Token …"
    path("token/", obtain_auth_token),
    path("token/me", WhoAmI.as_view(authentication_classes=[TokenAuthentication])),
]
