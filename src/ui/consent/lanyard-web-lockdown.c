/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-web-lockdown.h"

/* Some of this is WebKit's default; it is written down since it must stay so. */
static const char *const switched_off[] = {
  "allow-file-access-from-file-urls",
  "allow-modal-dialogs",
  "allow-top-navigation-to-data-urls",
  "allow-universal-access-from-file-urls",
  "disable-web-security",
  "enable-back-forward-navigation-gestures",
  "enable-developer-extras",
  "enable-encrypted-media",
  "enable-fullscreen",
  "enable-media-stream",
  "enable-mediasource",
  "enable-page-cache",
  /* The quirks make some sites see another browser. */
  "enable-site-specific-quirks",
  "enable-webgl",
  "enable-webrtc",
  "enable-write-console-messages-to-stdout",
  "javascript-can-access-clipboard",
  "javascript-can-open-windows-automatically",
};

/* What is left of the context menu: the clipboard, by which passwords come in. */
static const WebKitContextMenuAction menu_actions[] = {
  WEBKIT_CONTEXT_MENU_ACTION_CUT,          WEBKIT_CONTEXT_MENU_ACTION_COPY,
  WEBKIT_CONTEXT_MENU_ACTION_PASTE,        WEBKIT_CONTEXT_MENU_ACTION_PASTE_AS_PLAIN_TEXT,
  WEBKIT_CONTEXT_MENU_ACTION_DELETE,       WEBKIT_CONTEXT_MENU_ACTION_SELECT_ALL,
  WEBKIT_CONTEXT_MENU_ACTION_INSERT_EMOJI,
};

static gboolean
deny_permission_cb (WebKitWebView *view, WebKitPermissionRequest *request)
{
  webkit_permission_request_deny (request);
  return TRUE;
}

static gboolean
deny_permission_query_cb (WebKitWebView *view, WebKitPermissionStateQuery *query)
{
  webkit_permission_state_query_finish (query, WEBKIT_PERMISSION_STATE_DENIED);
  return TRUE;
}

static gboolean
deny_files_cb (WebKitWebView *view, WebKitFileChooserRequest *request)
{
  webkit_file_chooser_request_cancel (request);
  return TRUE;
}

/* For signals whose handler stops something by saying that it took care of it. */
static gboolean
stop_cb (void)
{
  return TRUE;
}

static gboolean
is_allowed_action (WebKitContextMenuAction action)
{
  for (gsize i = 0; i < G_N_ELEMENTS (menu_actions); i++)
    if (menu_actions[i] == action)
      return TRUE;
  return FALSE;
}

static gboolean
reduce_menu_cb (WebKitWebView *view, WebKitContextMenu *menu)
{
  g_autoptr (GList) items = g_list_copy (webkit_context_menu_get_items (menu));

  for (GList *l = items; l != NULL; l = l->next)
    if (!is_allowed_action (webkit_context_menu_item_get_stock_action (l->data)))
      webkit_context_menu_remove (menu, l->data);
  return webkit_context_menu_get_n_items (menu) == 0;
}

static void
cancel_download_cb (WebKitNetworkSession *session, WebKitDownload *download)
{
  webkit_download_cancel (download);
}

static WebKitNetworkSession *
create_session (void)
{
  WebKitNetworkSession *session = webkit_network_session_new_ephemeral ();

  webkit_network_session_set_persistent_credential_storage_enabled (session, FALSE);
  webkit_network_session_set_tls_errors_policy (session, WEBKIT_TLS_ERRORS_POLICY_FAIL);
  g_signal_connect (session, "download-started", G_CALLBACK (cancel_download_cb), NULL);
  return session;
}

static WebKitWebContext *
create_context (void)
{
  WebKitWebContext *context = webkit_web_context_new ();

  webkit_web_context_set_cache_model (context, WEBKIT_CACHE_MODEL_DOCUMENT_VIEWER);
  webkit_web_context_set_spell_checking_enabled (context, FALSE);
  webkit_web_context_set_automation_allowed (context, FALSE);
  return context;
}

static WebKitSettings *
create_settings (void)
{
  WebKitSettings *settings = webkit_settings_new ();

  for (gsize i = 0; i < G_N_ELEMENTS (switched_off); i++)
    g_object_set (settings, switched_off[i], FALSE, NULL);
  /* A sign-in page needs no graphics card, and should not talk to its driver. */
  webkit_settings_set_hardware_acceleration_policy (settings,
                                                    WEBKIT_HARDWARE_ACCELERATION_POLICY_NEVER);
  webkit_settings_set_user_agent_with_application_details (settings, "Lanyard", LANYARD_VERSION);
  return settings;
}

static void
guard (WebKitWebView *view)
{
  g_signal_connect (view, "permission-request", G_CALLBACK (deny_permission_cb), NULL);
  g_signal_connect (view, "query-permission-state", G_CALLBACK (deny_permission_query_cb), NULL);
  g_signal_connect (view, "run-file-chooser", G_CALLBACK (deny_files_cb), NULL);
  g_signal_connect (view, "context-menu", G_CALLBACK (reduce_menu_cb), NULL);
  g_signal_connect (view, "enter-fullscreen", G_CALLBACK (stop_cb), NULL);
  g_signal_connect (view, "print", G_CALLBACK (stop_cb), NULL);
  g_signal_connect (view, "show-notification", G_CALLBACK (stop_cb), NULL);
}

WebKitWebView *
lanyard_web_lockdown_create_view (void)
{
  g_autoptr (WebKitNetworkSession) session = create_session ();
  g_autoptr (WebKitWebContext) context = create_context ();
  g_autoptr (WebKitSettings) settings = create_settings ();
  WebKitWebView *view = g_object_new (WEBKIT_TYPE_WEB_VIEW, "network-session", session,
                                      "web-context", context, "settings", settings, NULL);

  guard (view);
  return view;
}

WebKitWebView *
lanyard_web_lockdown_create_related_view (WebKitWebView *opener)
{
  WebKitWebView *view = g_object_new (WEBKIT_TYPE_WEB_VIEW, "related-view", opener, "settings",
                                      webkit_web_view_get_settings (opener), NULL);

  guard (view);
  return view;
}
