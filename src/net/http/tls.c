// SPDX-License-Identifier: AGPL-3.0-or-later
#include "net/http/internal.h"

#include <openssl/err.h>

static int alpn_select(UNUSED SSL *ssl, const unsigned char **ret, unsigned char *ret_n, const unsigned char *offered,
					   unsigned int offered_n, UNUSED void *arg)
{
	static const unsigned char OURS[] = "\x08http/1.1";
	unsigned char *got;
	if (SSL_select_next_proto(&got, ret_n, OURS, sizeof OURS - 1, offered, offered_n) != OPENSSL_NPN_NEGOTIATED)
		return SSL_TLSEXT_ERR_ALERT_FATAL;
	*ret = got;
	return SSL_TLSEXT_ERR_OK;
}

Status http_tls_open(Ctx *cx, const HttpConfig *config, SSL_CTX **ret_tls)
{
	SSL_CTX *tls = SSL_CTX_new(TLS_server_method());
	if (!tls) return fail(cx, ST_INTERNAL, "cannot make a TLS context");
	SSL_CTX_set_min_proto_version(tls, TLS1_2_VERSION);
	SSL_CTX_set_mode(tls, SSL_MODE_RELEASE_BUFFERS); // 32 KiB less for an idle connection
	SSL_CTX_set_options(tls, SSL_OP_NO_RENEGOTIATION | SSL_OP_NO_COMPRESSION | SSL_OP_CIPHER_SERVER_PREFERENCE);
	SSL_CTX_set_alpn_select_cb(tls, alpn_select, NULL);
	if (SSL_CTX_use_certificate_chain_file(tls, str_z(cx->arena, config->tls_cert)) == 1 &&
		SSL_CTX_use_PrivateKey_file(tls, str_z(cx->arena, config->tls_key), SSL_FILETYPE_PEM) == 1 &&
		SSL_CTX_check_private_key(tls) == 1) {
		*ret_tls = tls;
		return ST_OK;
	}
	char why[256];
	ERR_error_string_n(ERR_get_error(), why, sizeof why);
	ERR_clear_error();
	SSL_CTX_free(tls);
	return fail(cx, ST_INVALID, "cannot use certificate %.*s with key %.*s: %s", STR(config->tls_cert),
				STR(config->tls_key), why);
}
