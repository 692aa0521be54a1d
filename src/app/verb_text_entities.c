// SPDX-License-Identifier: AGPL-3.0-or-later
// hearth text entities|redact: what each line names, and each line without what is personal.
#include "app/app.h"

#include "app/lines.h"
#include "text/entities.h"
#include "text/train_data.h"

#include <unistd.h>

#define OUT_BYTES ((size_t)16 << 20)
#define OUT_FULL ((size_t)256 << 10)

Status text_catalogue_open(App *app, Catalogue **ret)
{
	Str lines;
	*ret = NULL;
	if (!app->options.catalogue.n) return ST_OK;
	TRY(file_read(&app->cx, app->options.catalogue, &lines));
	return catalogue_parse(&app->cx, lines, ret);
}

static Status each_line(App *app, void (*put)(EntityFinder *f, Str line, Buf *out))
{
	Catalogue *catalogue;
	TRY(text_catalogue_open(app, &catalogue));
	EntityFinder *f = entities_new(app->cx.arena, catalogue);
	Lines in = lines_open(app->cx.arena, STDIN_FILENO);
	Buf out = buf_init(app->cx.arena, OUT_FULL, OUT_BYTES);
	for (Str line; lines_next(&in, &line);) {
		put(f, line, &out);
		buf_char(&out, '\n');
		if (out.n >= OUT_FULL || !lines_at_hand(&in)) TRY(out_flush(&app->cx, &out));
	}
	TRY(out_flush(&app->cx, &out));
	return in.failed ? fail(&app->cx, ST_IO, "the input cannot be read") : ST_OK;
}

static void put_entities(EntityFinder *f, Str line, Buf *out)
{
	entities_find(f, line);
	buf_str(out, S("{\"entities\":"));
	entities_write(out, f);
	if (f->signs->cut) buf_str(out, S(",\"cut\":true"));
	buf_char(out, '}');
}

Status verb_text_entities(App *app) { return each_line(app, put_entities); }
Status verb_text_redact(App *app) { return each_line(app, entities_redact); }
