// SPDX-License-Identifier: AGPL-3.0-or-later
#include "model.h"

#include "text/fold.h"
#include "text/markdown.h"
#include "text/pack.h"
#include "text/plain.h"

#define SPACE_TITLE_MAX_BYTES 120
#define SPACE_DESCRIPTION_MAX_BYTES 1000

static const char *const STYLE_NAMES[] = {"one-way", "dialogic", "transparent", "collaborative"};
static const char *const PERSONA_NAMES[] = {"support", "objects", "ideas", "knowledge", "internal", "partner"};

const char *style_name(Style s)
{
	size_t i = (size_t)s - 1;
	return i < COUNTOF(STYLE_NAMES) ? STYLE_NAMES[i] : "unknown";
}

const char *persona_name(Persona p)
{
	size_t i = (size_t)p - 1;
	return i < COUNTOF(PERSONA_NAMES) ? PERSONA_NAMES[i] : "unknown";
}

static size_t name_index(const char *const *names, size_t n, Str s)
{
	size_t i = 0;
	while (i < n && !str_eq(s, str_from(names[i]))) i++;
	return i;
}

bool persona_parse(Str s, Persona *ret_persona)
{
	size_t i = name_index(PERSONA_NAMES, COUNTOF(PERSONA_NAMES), s);
	if (i == COUNTOF(PERSONA_NAMES)) return false;
	*ret_persona = (Persona)(i + 1);
	return true;
}

bool style_parse(Str s, Style *ret_style)
{
	size_t i = name_index(STYLE_NAMES, COUNTOF(STYLE_NAMES), s);
	if (i == COUNTOF(STYLE_NAMES)) return false;
	*ret_style = (Style)(i + 1);
	return true;
}

Str community_licence_of(Str origin_channel, Time posted_at)
{
	const Time cc4_from = 1525219200000; // 2018-05-02T00:00Z
	if (!str_eq(origin_channel, S("stackexchange"))) return str_none();
	return posted_at < cc4_from ? S("CC BY-SA 3.0") : S("CC BY-SA 4.0");
}

Str origin_fact_id(Ctx *cx, const char *what, const Origin *origin)
{
	if (!origin->id.p) return str_none();
	return str_format(cx->arena, "%.*s/%s/%.*s", STR(origin->channel), what, STR(origin->id));
}

// Spaces.

static bool slug_ok(Str slug)
{
	if (!slug.n || slug.n > SLUG_MAX_BYTES || slug.p[0] == '-' || slug.p[slug.n - 1] == '-') return false;
	for (size_t i = 0; i < slug.n; i++)
		if (!((slug.p[i] >= 'a' && slug.p[i] <= 'z') || (slug.p[i] >= '0' && slug.p[i] <= '9') || slug.p[i] == '-'))
			return false;
	return true;
}

static Status space_check(Ctx *cx, const SpaceNew *space)
{
	size_t before = cx->field_errors_n;
	if (!slug_ok(space->slug)) field_error(cx, "slug", "error.slug_invalid");
	Str title = str_trim(space->title);
	if (!title.n || title.n > SPACE_TITLE_MAX_BYTES || !utf8_valid(title))
		field_error(cx, "title", "error.title_invalid");
	if (space->description.n > SPACE_DESCRIPTION_MAX_BYTES || !utf8_valid(space->description))
		field_error(cx, "description", "error.description_invalid");
	return cx->field_errors_n > before ? fail(cx, ST_INVALID, "the space %.*s is not well described", STR(space->slug))
									   : ST_OK;
}

Status community_space_create(Ctx *cx, Tx *tx, const SpaceNew *space, Id *ret_id)
{
	TRY(space_check(cx, space));
	SpaceFindBySlugRow row;
	bool found;
	TRY(space_find_by_slug(cx, tx_db(tx), &(SpaceFindBySlugArgs){.slug = space->slug}, &row, &found));
	if (found) {
		field_error(cx, "slug", "error.slug_taken");
		return fail(cx, ST_CONFLICT, "there is a space %.*s already", STR(space->slug));
	}
	if (space->parent_id) {
		SpaceGetRow parent;
		TRY(space_get(cx, tx_db(tx), &(SpaceGetArgs){.id = space->parent_id}, &parent));
	}
	Id id = ctx_id(cx);
	TRY(space_insert(cx, tx,
					 &(SpaceInsertArgs){.id = id,
										.slug = space->slug,
										.parent_id = space->parent_id,
										.title = str_trim(space->title),
										.description = space->description,
										.position = space->position,
										.kind = space->kind,
										.persona = space->persona ? space->persona : PERSONA_SUPPORT,
										.style = space->style ? space->style : STYLE_DIALOGIC,
										.visibility = space->visibility,
										.created_at = at_or_now(cx, space->created_at)}));
	*ret_id = id;
	return ST_OK;
}

// What people type.

static bool blank(Str s)
{
	for (const char *p = s.p, *end = s.p + s.n; p < end;)
		if (!text_is_space(utf8_next(&p, end))) return false;
	return true;
}

// Keeps what was typed, unless the HTML gives it back byte for byte.
static Status source_pack(Ctx *cx, TextNew *text)
{
	Str again;
	text->packed = str_none();
	if (html_to_markdown(cx->arena, text->html.s, &again) && str_eq(again, text->source)) return ST_OK;
	return text_pack(cx, text->html.s, text->source, &text->packed);
}

Status text_new_prepare(Ctx *cx, TextNew *text)
{
	if (text->source.p) {
		bool fits = text->source.n <= BODY_MAX_BYTES;
		if (!fits || (utf8_valid(text->source) && blank(text->source))) {
			field_error(cx, "body", fits ? "error.body_empty" : "error.body_long");
			return fail(cx, ST_INVALID, "the text is empty or too long");
		}
		TRY(markdown_render(cx, text->source, &text->html));
		TRY(source_pack(cx, text));
	}
	text->plain = html_plain(cx->arena, text->html.s, SEARCH_TEXT_MAX_BYTES);
	return ST_OK;
}

static Str one_line(Arena *a, Str s)
{
	Buf b = buf_init(a, s.n + 1, s.n + 1);
	bool space = false;
	for (const char *p = s.p, *end = s.p + s.n; p < end;) {
		const char *from = p;
		uint32_t c = utf8_next(&p, end);
		if (text_is_space(c) || c < ' ' || (c >= 0x7f && c < 0xa0)) {
			space = b.n > 0;
			continue;
		}
		if (space) buf_char(&b, ' ');
		space = false;
		buf_mem(&b, from, (size_t)(p - from));
	}
	return buf_view(&b);
}

Status community_text_prepare(Ctx *cx, TextNew *text) { return text_new_prepare(cx, text); }

Status title_prepare(Ctx *cx, Str title, bool lenient, Str *ret_title, Str *ret_slug)
{
	const char *fault = NULL;
	Str line = one_line(cx->arena, lenient ? utf8_repair(cx->arena, title) : utf8_valid(title) ? title : S(""));
	if (lenient) line = line.n ? utf8_cut(line, TITLE_MAX_BYTES) : S("(untitled)");
	else if (utf8_count(line) < TITLE_MIN_CHARS) fault = "error.title_short";
	else if (line.n > TITLE_MAX_BYTES) fault = "error.title_long";
	if (fault) {
		field_error(cx, "title", fault);
		return fail(cx, ST_INVALID, "the title is not of the right length");
	}
	Str slug = slug_from(cx->arena, line, SLUG_MAX_BYTES);
	*ret_title = line;
	*ret_slug = slug.n ? slug : S("topic");
	return ST_OK;
}

// Tags.

bool community_may(const Ctx *cx, Right right, Str tags, Str space_slug)
{
	if (!may(cx, right)) return false;
	if (!cx->actor || !(cx->actor->grants.in_areas & (unsigned)right)) return true;
	return members_area_kept(cx->actor->grants.areas, tags, space_slug) >= AREA_GRANT_KEPT;
}

bool tag_next(Str *tags, Str *ret_tag)
{
	if (!tags->n) return false;
	*tags = str_cut(*tags, ' ', ret_tag);
	return ret_tag->n > 0;
}

static bool tag_separator(uint32_t c) { return text_is_space(c) || c == ',' || c == ';'; }

// The next word of what was typed, normalised; empty if nothing of it may stand in a tag.
static Str tag_read(Arena *a, const char **p, const char *end)
{
	Buf b = buf_init(a, 64, (size_t)(end - *p) + 1);
	while (*p < end) {
		const char *from = *p;
		uint32_t c = utf8_next(p, end);
		if (tag_separator(c)) break;
		bool keep = text_is_letter(c) || text_is_digit(c) || c == '+' || c == '.' || (c == '#' && b.n);
		if (keep) buf_mem(&b, from, (size_t)(*p - from));
		else if (c != '#' && b.n && b.p[b.n - 1] != '-') buf_char(&b, '-');
	}
	while (b.n && b.p[b.n - 1] == '-') b.n--;
	return text_fold(a, buf_view(&b));
}

Status tags_prepare(Ctx *cx, Str typed, bool lenient, Str *ret_tags)
{
	Buf out = buf_init(cx->arena, 64, (size_t)TAGS_MAX * (TAG_MAX_BYTES + 1));
	size_t n = 0;
	const char *fault = NULL;
	if (!utf8_valid(typed)) typed = lenient ? utf8_repair(cx->arena, typed) : S("");
	for (const char *p = typed.p, *end = typed.p + typed.n; p < end && !fault;) {
		Str tag = tag_read(cx->arena, &p, end);
		if (!tag.n || str_has_word(buf_view(&out), tag)) continue;
		bool fits = n < TAGS_MAX && tag.n <= TAG_MAX_BYTES;
		if (!fits && !lenient) fault = "error.tags";
		if (!fits) continue;
		if (n++) buf_char(&out, ' ');
		buf_str(&out, tag);
	}
	if (fault) {
		field_error(cx, "tags", fault);
		return fail(cx, ST_INVALID, "too many or too long tags");
	}
	*ret_tags = out.n ? buf_view(&out) : S("");
	return ST_OK;
}

static Status tag_remove(Ctx *cx, Tx *tx, Id topic_id, Str name)
{
	TagFindRow tag;
	bool found;
	int64_t changed = 0;
	TRY(tag_find(cx, tx_db(tx), &(TagFindArgs){.name = name}, &tag, &found));
	if (!found) return ST_OK;
	TRY(topic_tag_delete(cx, tx, &(TopicTagDeleteArgs){.tag_id = tag.id, .topic_id = topic_id}, &changed));
	return changed ? tag_add_topics(cx, tx, &(TagAddTopicsArgs){.id = tag.id, .n = -1}) : ST_OK;
}

// The tag, made if there is none.
static Status tag_get(Ctx *cx, Tx *tx, Str name, TagFindRow *ret_tag)
{
	bool found;
	int64_t changed = 0;
	TRY(tag_find(cx, tx_db(tx), &(TagFindArgs){.name = name}, ret_tag, &found));
	if (found) return ST_OK;
	TRY(tag_insert(cx, tx, &(TagInsertArgs){.id = ctx_id(cx), .name = name}, &changed));
	TRY(tag_find(cx, tx_db(tx), &(TagFindArgs){.name = name}, ret_tag, &found));
	return found ? ST_OK : fail(cx, ST_CONFLICT, "the tag %.*s came and went", STR(name));
}

Status topic_tags_update(Ctx *cx, Tx *tx, Id topic_id, Visibility visibility, Str old_tags, Str new_tags)
{
	Str tag;
	for (Str left = old_tags; tag_next(&left, &tag);)
		if (!str_has_word(new_tags, tag)) TRY(tag_remove(cx, tx, topic_id, tag));
	for (Str left = new_tags; tag_next(&left, &tag);) {
		if (str_has_word(old_tags, tag)) continue;
		TagFindRow row;
		int64_t changed = 0;
		TRY(tag_get(cx, tx, tag, &row));
		TRY(topic_tag_insert(cx, tx, &(TopicTagInsertArgs){.tag_id = row.id, .topic_id = topic_id}, &changed));
		BUG_IF(!changed); // the topic had the tag, but topic.tags did not say so
		TRY(tag_add_topics(cx, tx, &(TagAddTopicsArgs){.id = row.id, .n = 1, .visibility = visibility}));
	}
	return ST_OK;
}

// Places.

Status post_live_get(Ctx *cx, Db *db, Id post_id, PostPlaceRow *ret_place)
{
	PostPlaceRow row;
	bool found;
	TRY(post_place(cx, db, &(PostPlaceArgs){.id = post_id}, &row, &found));
	if (!found || row.deleted_at || row.topic_deleted_at || !sees(cx, row.visibility))
		return fail(cx, ST_NOT_FOUND, "no such post");
	*ret_place = row;
	return ST_OK;
}

Status topic_live_get(Ctx *cx, Db *db, Id topic_id, TopicPlaceRow *ret_place)
{
	TopicPlaceRow row;
	bool found;
	TRY(topic_place(cx, db, &(TopicPlaceArgs){.id = topic_id}, &row, &found));
	if (!found || row.deleted_at || !sees(cx, row.visibility)) return fail(cx, ST_NOT_FOUND, "no such topic");
	*ret_place = row;
	return ST_OK;
}
