// SPDX-License-Identifier: AGPL-3.0-or-later
// assetc: files for browsers to C. This comment is its specification.
//
//   assetc --out-h assets_gen.h --out-c assets_gen.c NAME=FILE…
//   assetc --out-h assets_gen.h --out-c assets_gen.c DIR NAME…        each FILE is DIR/NAME
//
// Every file gets the address /assets/STEM.HASH.EXT, HASH being the first 10 hex digits of the SHA-256 of what is served,
// so that it may be cached for ever; its compressed forms (brotli 11, zstd 19, gzip 9), each kept if smaller; its
// content type and ETag. The header declares
//
//   typedef struct Asset { Str name, path, type, etag, plain, br, zstd, gzip; } Asset;      empty: form not kept
//   extern const Asset ASSETS[]; extern const size_t ASSETS_N;          sorted bytewise by path
//   const Asset *asset_find(Str path);                                  NULL if there is none
//   #define ASSET_HEARTH_CSS "/assets/hearth.0123456789.css"            one for each file: upper case, others become _
//   #define ICON_LOG_OUT "/assets/icons.0123456789.svg#i-log-out"       one for each <symbol id> of each svg
//
// In .js and .css files "./NAME" of another file is replaced by its address, so modules import each other and the
// addresses change together; a circle is an error, a NAME that is not there too. Names have no spaces.
// Refused: files over 4 MiB, unknown extensions, two files of one name, two symbols of one name.
#include <brotli/encode.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>
#include <zstd.h>

enum { FILE_MAX_BYTES = 4 << 20, HASH_DIGITS = 10, FORMS = 4 };
typedef struct Bytes {
	unsigned char *p;
	size_t n;
} Bytes;
typedef enum State { UNSEEN, IN_WORK, READY } State;
typedef struct File {
	char *name, *path, macro[128], address[192];
	const char *type;
	State state;
	Bytes forms[FORMS]; // plain, br, zstd, gzip
} File;
typedef struct Set {
	File *v;
	size_t n;
	Bytes icons; // #define lines
} Set;
static const char *const FORM_NAMES[FORMS] = {"plain", "br", "zstd", "gzip"};

__attribute__((format(printf, 1, 2))) _Noreturn static void die(const char *fmt, ...)
{
	va_list ap;
	va_start(ap, fmt);
	fputs("assetc: ", stderr);
	vfprintf(stderr, fmt, ap);
	fputc('\n', stderr);
	va_end(ap);
	exit(1);
}

static void *must(void *p)
{
	if (!p) die("out of memory");
	return p;
}

static void bytes_add(Bytes *b, const void *p, size_t n)
{
	b->p = must(realloc(b->p, b->n + n + 1));
	if (n) memcpy(b->p + b->n, p, n);
	b->n += n;
	b->p[b->n] = '\0';
}

static Bytes file_read(const char *path)
{
	FILE *f = fopen(path, "rb");
	if (!f) die("%s cannot be opened", path);
	Bytes b = {0};
	unsigned char chunk[8192];
	size_t n;
	bytes_add(&b, "", 0);
	while ((n = fread(chunk, 1, sizeof chunk, f)) > 0) {
		bytes_add(&b, chunk, n);
		if (b.n > FILE_MAX_BYTES) die("%s is larger than %d bytes", path, FILE_MAX_BYTES);
	}
	if (ferror(f)) die("%s cannot be read", path);
	fclose(f);
	return b;
}

// --- SHA-256 (FIPS 180-4) --------------------------------------------------------------------------------------------
__extension__ typedef unsigned __int128 U128;
static uint32_t rotate(uint32_t x, int n) { return x >> n | x << (32 - n); }

// The first 32 bits of the fractional part of the cube (or square) root of a prime, by integer arithmetic.
static uint32_t root_bits(unsigned prime, bool cube)
{
	U128 target = (U128)prime << (cube ? 96 : 64), lo = 0, hi = (U128)1 << 37;
	while (hi - lo > 1) {
		U128 mid = (lo + hi) / 2, power = cube ? mid * mid * mid : mid * mid;
		if (power <= target) lo = mid;
		else hi = mid;
	}
	return (uint32_t)lo;
}

static void sha256_constants(uint32_t k[64], uint32_t h[8])
{
	for (unsigned n = 0, p = 2; n < 64; p++) {
		bool prime = true;
		for (unsigned d = 2; d * d <= p; d++) prime &= p % d != 0;
		if (!prime) continue;
		if (n < 8) h[n] = root_bits(p, false);
		k[n++] = root_bits(p, true);
	}
}

static void sha256_block(uint32_t h[8], const uint32_t k[64], const unsigned char *p)
{
	uint32_t w[64], v[8];
	for (int i = 0; i < 16; i++)
		w[i] = (uint32_t)p[4 * i] << 24 | (uint32_t)p[4 * i + 1] << 16 | (uint32_t)p[4 * i + 2] << 8 | p[4 * i + 3];
	for (int i = 16; i < 64; i++)
		w[i] = (rotate(w[i - 2], 17) ^ rotate(w[i - 2], 19) ^ w[i - 2] >> 10) + w[i - 7] +
			   (rotate(w[i - 15], 7) ^ rotate(w[i - 15], 18) ^ w[i - 15] >> 3) + w[i - 16];
	memcpy(v, h, sizeof v);
	for (int i = 0; i < 64; i++) {
		uint32_t t1 = v[7] + (rotate(v[4], 6) ^ rotate(v[4], 11) ^ rotate(v[4], 25)) +
					  ((v[4] & v[5]) ^ (~v[4] & v[6])) + k[i] + w[i];
		uint32_t t2 = (rotate(v[0], 2) ^ rotate(v[0], 13) ^ rotate(v[0], 22)) +
					  ((v[0] & v[1]) ^ (v[0] & v[2]) ^ (v[1] & v[2]));
		memmove(v + 1, v, 7 * sizeof v[0]);
		v[4] += t1;
		v[0] = t1 + t2;
	}
	for (int i = 0; i < 8; i++) h[i] += v[i];
}

static void sha256_hex(const Bytes *b, char hex[65])
{
	uint32_t k[64], h[8];
	unsigned char tail[128] = {0};
	sha256_constants(k, h);
	size_t whole = b->n / 64 * 64, rest = b->n - whole, tail_n = rest < 56 ? 64 : 128;
	for (size_t i = 0; i < whole; i += 64) sha256_block(h, k, b->p + i);
	memcpy(tail, b->p + whole, rest);
	tail[rest] = 0x80;
	for (size_t i = 0; i < 8; i++) tail[tail_n - 1 - i] = (unsigned char)((uint64_t)b->n * 8 >> (8 * i));
	for (size_t i = 0; i < tail_n; i += 64) sha256_block(h, k, tail + i);
	for (int i = 0; i < 8; i++) snprintf(hex + 8 * i, 9, "%08x", h[i]);
}

// --- files --------------------------------------------------------------------------------------------------------------
static const char *content_type(const char *name)
{
	static const char *const TYPES[][2] = {
		{"css", "text/css; charset=utf-8"},
		{"js", "text/javascript; charset=utf-8"},
		{"svg", "image/svg+xml"},
		{"json", "application/json"},
		{"txt", "text/plain; charset=utf-8"},
		{"webmanifest", "application/manifest+json"},
		{"png", "image/png"},
		{"jpg", "image/jpeg"},
		{"webp", "image/webp"},
		{"avif", "image/avif"},
		{"ico", "image/x-icon"},
		{"woff2", "font/woff2"},
	};
	const char *dot = strrchr(name, '.');
	for (size_t i = 0; dot && i < sizeof TYPES / sizeof TYPES[0]; i++)
		if (strcmp(dot + 1, TYPES[i][0]) == 0) return TYPES[i][1];
	die("%s: unknown extension", name);
}

static void macro_name(char out[128], const char *prefix, const char *name)
{
	int n = snprintf(out, 128, "%s%s", prefix, name);
	if (n < 0 || n >= 128) die("the name %s is too long", name);
	for (char *p = out; *p; p++) {
		if (*p >= 'a' && *p <= 'z') *p = (char)(*p - 'a' + 'A');
		else if (!(*p >= 'A' && *p <= 'Z') && !(*p >= '0' && *p <= '9')) *p = '_';
	}
}

static File *set_find(Set *s, const char *name, size_t len)
{
	for (size_t i = 0; i < s->n; i++)
		if (strlen(s->v[i].name) == len && memcmp(s->v[i].name, name, len) == 0) return &s->v[i];
	return NULL;
}

static void set_add(Set *s, const char *name, size_t name_n, const char *path)
{
	if (set_find(s, name, name_n)) die("two files of the name %.*s", (int)name_n, name);
	s->v = must(realloc(s->v, (s->n + 1) * sizeof *s->v));
	File *f = &s->v[s->n++];
	*f = (File){.name = must(strndup(name, name_n)), .path = must(strdup(path))};
	if (strpbrk(f->name, " \t\n\"\\?#%") || strlen(f->name) > 100) die("the name %s is refused", f->name);
	f->type = content_type(f->name);
	macro_name(f->macro, "ASSET_", f->name);
}

static void file_resolve(Set *s, File *f);

// Replaces "./NAME" by the address of NAME.
static Bytes references_resolve(Set *s, const File *f, const Bytes *in)
{
	Bytes out = {0};
	bytes_add(&out, "", 0);
	for (size_t i = 0; i < in->n; i++) {
		const char *p = (const char *)in->p + i, *end = NULL;
		bool quoted = (*p == '"' || *p == '\'') && i + 3 < in->n && p[1] == '.' && p[2] == '/';
		if (quoted) end = memchr(p + 3, *p, in->n - i - 3);
		if (!end || memchr(p, '\n', (size_t)(end - p))) {
			bytes_add(&out, p, 1);
			continue;
		}
		File *other = set_find(s, p + 3, (size_t)(end - p - 3));
		if (!other) die("%s refers to %.*s, which is not there", f->name, (int)(end - p - 3), p + 3);
		file_resolve(s, other);
		bytes_add(&out, p, 1);
		bytes_add(&out, other->address, strlen(other->address));
		bytes_add(&out, p, 1);
		i += (size_t)(end - p);
	}
	return out;
}

static void keep_smaller(File *f, int form, const void *p, size_t n)
{
	if (n && n < f->forms[0].n) bytes_add(&f->forms[form], p, n);
}

static void compress_all(File *f)
{
	const Bytes *in = &f->forms[0];
	size_t cap = in->n + in->n / 2 + 1024, n = cap;
	unsigned char *out = must(malloc(cap));
	if (BrotliEncoderCompress(11, 22, BROTLI_MODE_TEXT, in->n, in->p, &n, out)) keep_smaller(f, 1, out, n);
	n = ZSTD_compress(out, cap, in->p, in->n, 19);
	if (!ZSTD_isError(n)) keep_smaller(f, 2, out, n);
	z_stream z = {.next_in = in->p, .avail_in = (uInt)in->n, .next_out = out, .avail_out = (uInt)cap};
	if (deflateInit2(&z, 9, Z_DEFLATED, 15 + 16, 9, Z_DEFAULT_STRATEGY) != Z_OK) die("zlib does not start");
	if (deflate(&z, Z_FINISH) == Z_STREAM_END) keep_smaller(f, 3, out, z.total_out);
	deflateEnd(&z);
	free(out);
}

static void icons_collect(Set *s, const File *f)
{
	static const char MARK[] = "<symbol id=\"";
	char macro[128], line[512], probe[160];
	for (const char *p = (const char *)f->forms[0].p; (p = strstr(p, MARK));) {
		p += sizeof MARK - 1;
		size_t n = strcspn(p, "\"");
		char *id = must(strndup(p, n));
		macro_name(macro, "ICON_", strncmp(id, "i-", 2) == 0 ? id + 2 : id);
		snprintf(probe, sizeof probe, "#define %s ", macro);
		if (s->icons.p && strstr((const char *)s->icons.p, probe)) die("two symbols %s", id);
		int len = snprintf(line, sizeof line, "#define %s \"%s#%s\"\n", macro, f->address, id);
		bytes_add(&s->icons, line, (size_t)len);
	}
}

static void file_resolve(Set *s, File *f)
{
	if (f->state == READY) return;
	if (f->state == IN_WORK) die("%s refers to itself in a circle", f->name);
	f->state = IN_WORK;
	f->forms[0] = file_read(f->path);
	const char *dot = strrchr(f->name, '.');
	if (strcmp(dot, ".js") == 0 || strcmp(dot, ".css") == 0) f->forms[0] = references_resolve(s, f, &f->forms[0]);
	char hex[65];
	sha256_hex(&f->forms[0], hex);
	snprintf(f->address, sizeof f->address, "/assets/%.*s.%.*s%s", (int)(dot - f->name), f->name, HASH_DIGITS, hex,
			 dot);
	compress_all(f);
	if (strcmp(dot, ".svg") == 0) icons_collect(s, f);
	f->state = READY;
}

// --- output ---------------------------------------------------------------------------------------------------------------
static int by_address(const void *a, const void *b)
{
	const File *x = a, *y = b;
	return strcmp(x->address, y->address);
}

static FILE *out_open(const char *path)
{
	FILE *o = fopen(path, "wb");
	if (!o) die("%s cannot be written", path);
	return o;
}

static void header_write(const Set *s, const char *path)
{
	FILE *o = out_open(path);
	fputs("// Generated by tools/assetc. Do not edit.\n#pragma once\n#include \"base/str.h\"\n\n"
		  "typedef struct Asset {\n\tStr name, path, type, etag, plain, br, zstd, gzip; // empty: form not kept\n} "
		  "Asset;\n"
		  "extern const Asset ASSETS[]; // sorted bytewise by path\nextern const size_t ASSETS_N;\n"
		  "const Asset *asset_find(Str path); // NULL if there is none\n\n",
		  o);
	for (size_t i = 0; i < s->n; i++) fprintf(o, "#define %s \"%s\"\n", s->v[i].macro, s->v[i].address);
	if (s->icons.n) fprintf(o, "\n%s", (const char *)s->icons.p);
	if (fclose(o)) die("%s cannot be written", path);
}

static void data_write(FILE *o, const File *f, size_t i)
{
	for (int form = 0; form < FORMS; form++) {
		const Bytes *b = &f->forms[form];
		if (!b->n) continue;
		fprintf(o, "// %s, %s\nstatic const unsigned char DATA_%zu_%s[] = {", f->name, FORM_NAMES[form], i,
				FORM_NAMES[form]);
		for (size_t k = 0; k < b->n; k++) fprintf(o, k % 32 == 0 ? "\n%u," : "%u,", b->p[k]);
		fputs("\n};\n", o);
	}
}

static void row_write(FILE *o, const File *f, size_t i)
{
	const char *slash = strrchr(f->address, '/');
	fprintf(o, "\t{S_INIT(\"%s\"), S_INIT(\"%s\"), S_INIT(\"%s\"), S_INIT(\"\\\"%s\\\"\")", f->name, f->address,
			f->type, slash + 1);
	for (int form = 0; form < FORMS; form++) {
		if (f->forms[form].n)
			fprintf(o, ",\n\t {(const char *)DATA_%zu_%s, %zu}", i, FORM_NAMES[form], f->forms[form].n);
		else fputs(", {\"\", 0}", o);
	}
	fputs("},\n", o);
}

static void code_write(const Set *s, const char *path, const char *header)
{
	const char *base = strrchr(header, '/');
	FILE *o = out_open(path);
	fprintf(o, "// Generated by tools/assetc. Do not edit.\n#include \"%s\"\n\n", base ? base + 1 : header);
	for (size_t i = 0; i < s->n; i++) data_write(o, &s->v[i], i);
	fputs("const Asset ASSETS[] = {\n", o);
	for (size_t i = 0; i < s->n; i++) row_write(o, &s->v[i], i);
	fprintf(o, "};\nconst size_t ASSETS_N = %zu;\n\n", s->n);
	fputs("const Asset *asset_find(Str path)\n{\n\tfor (size_t lo = 0, hi = ASSETS_N; lo < hi;) {\n"
		  "\t\tsize_t mid = lo + (hi - lo) / 2;\n\t\tint order = str_cmp(path, ASSETS[mid].path);\n"
		  "\t\tif (order == 0) return &ASSETS[mid];\n\t\tif (order < 0) hi = mid;\n\t\telse lo = mid + 1;\n\t}\n"
		  "\treturn NULL;\n}\n",
		  o);
	if (fclose(o)) die("%s cannot be written", path);
}

int main(int argc, char **argv)
{
	const char *out_h = NULL, *out_c = NULL, *dir = NULL;
	char path[4096];
	Set s = {0};
	for (int i = 1; i < argc; i++) {
		const char *eq = strchr(argv[i], '=');
		if (strcmp(argv[i], "--out-h") == 0 && i + 1 < argc) out_h = argv[++i];
		else if (strcmp(argv[i], "--out-c") == 0 && i + 1 < argc) out_c = argv[++i];
		else if (eq) set_add(&s, argv[i], (size_t)(eq - argv[i]), eq + 1);
		else if (!dir) dir = argv[i];
		else {
			snprintf(path, sizeof path, "%s/%s", dir, argv[i]);
			set_add(&s, argv[i], strlen(argv[i]), path);
		}
	}
	if (!out_h || !out_c || !s.n) die("usage: assetc --out-h H --out-c C (NAME=FILE... | DIR NAME...)");
	for (size_t i = 0; i < s.n; i++) file_resolve(&s, &s.v[i]);
	qsort(s.v, s.n, sizeof *s.v, by_address);
	header_write(&s, out_h);
	code_write(&s, out_c, out_h);
	return 0;
}
