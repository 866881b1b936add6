/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * SECTION: The format of a provider's file
 *
 * One file per provider, `data/providers/ID.json`; the person's own ones look the same.
 * `data/providers/schema.json` describes every member; this is how they belong together.
 *
 * **An ordinary provider** says where to sign in, where tokens come from, which scopes there are
 * and how to see that it works:
 *
 * |[
 * { "id": "example", "name": "Example", "website": "https://example.org",
 *   "methods": [ { "type": "oauth2",
 *     "authorize": { "url": "https://example.org/oauth/authorize" },
 *     "token": { "url": "https://example.org/oauth/token", "auth": "client_secret_post" },
 *     "verify": { "url": "https://api.example.org/me", "account": "email" } } ],
 *   "scopes": [ { "name": "read", "description": "Read everything" } ],
 *   "connectors": [ { "id": "reading", "name": "Reading", "scopes": ["read"] } ] }
 * ]|
 *
 * **Templates.** Addresses, parameters and header fields are templates. `{name}` stands for an
 * input of the provider, a setting (`client_id`, `base_url`, `redirect_uri`, `issuer`,
 * `username`), a captured value, a credential (`access_token`, `refresh_token`, `id_token`,
 * `client_secret`, `api_key`, `api_secret`, `password`), or one of `provider`, `now` and `now_ms`
 * (the time in seconds and milliseconds), `random` and `uuid`. `{function(argument,…)}` calls
 * one of a closed list of functions; an argument is a name, a text in single quotes or another
 * call, at most four deep: `base64 base64url hex sha256 md5 upper lower urlencode` (all their
 * arguments joined), `hmac_sha256(key,text…)`, `after(text,'-')` and `before(text,'-')` (around
 * the first separator), `host(address)`. Digests are bytes:
 * `{hex(sha256(client_secret,'|',code))}`.
 * `{{` and `}}` are braces. What is filled in is not looked at again. A parameter whose value
 * comes out empty is left out. No secret may stand in an address that is shown (`authorize.url`,
 * `token.url`, `verify.url`…), only what is `before` or `after` a separator in one; `steps[].url`,
 * `refresh.url` and `revoke.url` may have one behind the host. A captured value may stand in an
 * address only behind the host, unless `allow` has a pattern for it.
 *
 * **A request** is the same object everywhere: `token`, `refresh`, `steps[]`, `revoke`, `verify`,
 * `device`, `register`: `method` (POST; GET for `verify`), `url`, `auth`, `user` and `password`
 * (what Basic sends), `basic_encoding`, `body` (`form`, `json`, `query`: in the address,
 * `none`), `params` (a text that is `{now}` alone is a number in JSON), `names` (the provider's
 * names for standard parameters; null drops one), `headers`, `response`.
 *
 * **A response** is read the same way everywhere: `format`, `root` (the object that holds the
 * rest), `map` (standard names to paths), `expires`, `refresh_expires`, `scope_separator`,
 * `ok_when` and `error_when`, `error`, `error_text`, `error_map`, `capture`, `allow`. A method's
 * `response` is for all its requests; a request's own `response` replaces it member by member.
 * A path is names and numbers joined by dots, `errors.0.message`; a list of paths means the first
 * that is there. A member of another type than expected counts as absent. In conditions, `*` means
 * whatever value, and `!x` any other value than `x`.
 *
 * **Captured values** (`capture`, in `callback` and in a response) are a map of names to
 * parameters or paths: `{ "shop_id": "team.id" }`; they are kept with the credentials and may be
 * used as `{shop_id}` from then on. `allow` has the pattern that a captured value must match as
 * a whole; without a match the sign-in is refused.
 *
 * **Several methods** of one type (F17) need an `id` each; without one the id is the type.
 *
 * What cannot be said is said in `limits`: signatures per request, SAML, client certificates,
 * XML answers.
 */

/**
 * LanyardGrammarKind:
 * @LANYARD_GRAMMAR_TEXT: a text for people or servers
 * @LANYARD_GRAMMAR_NAME: a name: lower-case letters, digits, `-` and `_`
 * @LANYARD_GRAMMAR_KEY: the name of a parameter or a header field: visible ASCII without `:`
 * @LANYARD_GRAMMAR_KEY_OR_NULL: such a name, or null for none
 * @LANYARD_GRAMMAR_COLOR: `#rrggbb`
 * @LANYARD_GRAMMAR_PATTERN: a regular expression
 * @LANYARD_GRAMMAR_CHOICE: one of the member's choices
 * @LANYARD_GRAMMAR_CHOICES: a list of them
 * @LANYARD_GRAMMAR_BOOLEAN: true or false
 * @LANYARD_GRAMMAR_RANK: a whole number from 1 to 10,000
 * @LANYARD_GRAMMAR_SECONDS: a number of seconds, more than 0 and at most ten years
 * @LANYARD_GRAMMAR_TEMPLATE: a text with `{names}`
 * @LANYARD_GRAMMAR_URL: an address to show: https
 * @LANYARD_GRAMMAR_ENDPOINT: an address that credentials may go to, with `{names}` that are not
 * secret
 * @LANYARD_GRAMMAR_CALL: such an address, which may have secrets behind its host
 * @LANYARD_GRAMMAR_REDIRECT: a redirect URI
 * @LANYARD_GRAMMAR_PATHS: a dotted path, or a list of alternative ones
 * @LANYARD_GRAMMAR_TEXTS: a list of texts, each once
 * @LANYARD_GRAMMAR_TEXT_MAP: an object of texts
 * @LANYARD_GRAMMAR_TEMPLATE_MAP: an object of texts with `{names}`
 * @LANYARD_GRAMMAR_PARAM_MAP: an object of texts with `{names}`, numbers and truth values
 * @LANYARD_GRAMMAR_NAME_MAP: an object of texts or nulls
 * @LANYARD_GRAMMAR_PATTERN_MAP: an object of names and regular expressions
 * @LANYARD_GRAMMAR_CAPTURE_MAP: an object of new names and paths
 * @LANYARD_GRAMMAR_OBJECT: an object with the member's members
 * @LANYARD_GRAMMAR_OBJECTS: a list of such objects
 */
typedef enum
{
  LANYARD_GRAMMAR_TEXT,
  LANYARD_GRAMMAR_NAME,
  LANYARD_GRAMMAR_KEY,
  LANYARD_GRAMMAR_KEY_OR_NULL,
  LANYARD_GRAMMAR_COLOR,
  LANYARD_GRAMMAR_PATTERN,
  LANYARD_GRAMMAR_CHOICE,
  LANYARD_GRAMMAR_CHOICES,
  LANYARD_GRAMMAR_BOOLEAN,
  LANYARD_GRAMMAR_RANK,
  LANYARD_GRAMMAR_SECONDS,
  LANYARD_GRAMMAR_TEMPLATE,
  LANYARD_GRAMMAR_URL,
  LANYARD_GRAMMAR_ENDPOINT,
  LANYARD_GRAMMAR_CALL,
  LANYARD_GRAMMAR_REDIRECT,
  LANYARD_GRAMMAR_PATHS,
  LANYARD_GRAMMAR_TEXTS,
  LANYARD_GRAMMAR_TEXT_MAP,
  LANYARD_GRAMMAR_TEMPLATE_MAP,
  LANYARD_GRAMMAR_PARAM_MAP,
  LANYARD_GRAMMAR_NAME_MAP,
  LANYARD_GRAMMAR_PATTERN_MAP,
  LANYARD_GRAMMAR_CAPTURE_MAP,
  LANYARD_GRAMMAR_OBJECT,
  LANYARD_GRAMMAR_OBJECTS,
} LanyardGrammarKind;

typedef struct _LanyardGrammar LanyardGrammar;

/**
 * LanyardGrammar:
 * @name: the name of a member; the last one of a table is %NULL
 * @kind: what its value is
 * @required: whether it must be there
 * @members: (nullable): of an object and of a list of objects: their members
 * @choices: (nullable): of a choice: the values, up to %NULL
 * @key: (nullable): of a list of objects: the member in which no two of them may be the same
 *
 * One member of an object in a provider's file. The tables are the grammar of the format:
 * `data/providers/schema.json` says the same for editors, and a test compares the two.
 */
struct _LanyardGrammar
{
  const char *name;
  LanyardGrammarKind kind;
  gboolean required;
  const LanyardGrammar *members;
  const char *const *choices;
  const char *key;
};

/**
 * lanyard_grammar_get_provider:
 *
 * Returns: the members of a provider, without those of its methods
 */
const LanyardGrammar *lanyard_grammar_get_provider (void);

/**
 * lanyard_grammar_get_method:
 * @type_id: the id of an authorization type
 *
 * Returns: (nullable): the members of a method of that type; %NULL for an unknown type
 */
const LanyardGrammar *lanyard_grammar_get_method (const char *type_id);

/**
 * lanyard_grammar_is_template_name:
 * @name: a name in braces
 * @is_address: whether the template is an address, where no secret may stand
 *
 * Returns: whether every provider may use @name in its templates, beside the names of its inputs
 */
gboolean lanyard_grammar_is_template_name (const char *name, gboolean is_address);

/**
 * lanyard_grammar_is_taken_name:
 *
 * Returns: whether @name means something to every provider, so that neither an input nor a captured
 * value may be called that
 */
gboolean lanyard_grammar_is_taken_name (const char *name);

G_END_DECLS
