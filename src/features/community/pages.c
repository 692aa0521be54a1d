// SPDX-License-Identifier: AGPL-3.0-or-later
#include "community/pages.h"

Position position_parse(Str text)
{
	Cursor c = cursor_of(text);
	Position p = {.key = INT64_MAX, .id = INT64_MAX};
	int64_t key;
	Id id;
	if (text.n && cursor_int(&c, INT64_MIN, INT64_MAX, &key) && cursor_take(&c, '.') && id_parse(cursor_rest(&c), &id))
		p = (Position){.key = key, .id = id};
	return p;
}

void buf_position(Buf *b, int64_t key, Id id)
{
	buf_int(b, key);
	buf_char(b, '.');
	buf_id(b, id);
}

Person person_of(Arena *a, Str handle, Str name, int64_t role, int64_t affiliation)
{
	Str shown = handle.n ? handle : name.n ? name : S("?");
	return (Person){
		.handle = handle,
		.name = shown,
		.initials = avatar_initials(a, shown),
		.hue = avatar_hue(shown),
		.staff = affiliation == AFFILIATION_EMPLOYEE,
		.role = (int)role,
		.affiliation = (int)affiliation,
	};
}

void cred_in(Cred *cred, Str areas, const Whereabouts *there)
{
	MemberArea area;
	if (!members_area_in(areas, there->tags, there->space, &area)) return;
	cred->area = area.is_space ? there->space_title : area.name;
	cred->key = area.key;
	cred->solved = area.solved;
	cred->kept = area.kept;
}

TagViews tags_of(Arena *a, Str tags)
{
	TagViews t = {.v = ARENA_NEW(a, TagView, TAGS_MAX)};
	while (tags.n && t.n < TAGS_MAX) {
		Str name, rest = str_cut(tags, ' ', &name);
		if (name.n) t.v[t.n++] = (TagView){.name = name};
		tags = rest;
	}
	return t;
}

TopicRow topic_row(Arena *a, const TopicListActiveRow *r)
{
	return (TopicRow){
		.id = r->id,
		.title = r->title,
		.slug = r->slug.n ? r->slug : S("-"),
		.space_slug = r->space_slug,
		.space_title = r->space_title,
		.author = r->author.n ? r->author : r->author_name,
		.last_author = r->last_author,
		.tags = tags_of(a, r->tags),
		.created_at = r->created_at,
		.bumped_at = r->bumped_at,
		.answers_n = r->answers_n,
		.score = r->score,
		.same_n = r->same_n,
		.solved = r->solution_id != 0,
		.question = r->space_kind == SPACE_QUESTIONS,
		.imported = r->origin_channel.n > 0,
	};
}

TopicRows topic_rows_of(Arena *a, const TopicListActiveRow *v, size_t n)
{
	TopicRows rows = {.v = ARENA_NEW(a, TopicRow, n), .n = n};
	for (size_t i = 0; i < n; i++) rows.v[i] = topic_row(a, &v[i]);
	return rows;
}

static SpaceCard card_of(const SpaceListRow *s)
{
	return (SpaceCard){
		.id = s->id,
		.slug = s->slug,
		.title = s->title,
		.description = s->description,
		.topics_n = s->topics_n,
		.posts_n = s->posts_n,
		.child = s->parent_id != 0,
	};
}

SpaceCards space_cards_of(Ctx *cx, const SpaceListRows *rows)
{
	SpaceCards cards = {.v = ARENA_NEW(cx->arena, SpaceCard, rows->n)};
	for (size_t i = 0; i < rows->n; i++) {
		if (rows->v[i].parent_id || rows->v[i].visibility > (int64_t)actor_clearance(cx)) continue;
		size_t parent = cards.n;
		cards.v[cards.n++] = card_of(&rows->v[i]);
		for (size_t k = 0; k < rows->n; k++) {
			if (rows->v[k].parent_id != rows->v[i].id || rows->v[k].visibility > (int64_t)actor_clearance(cx)) continue;
			cards.v[cards.n++] = card_of(&rows->v[k]);
			cards.v[parent].topics_n += rows->v[k].topics_n; // a parent counts what is in it
		}
	}
	return cards;
}

Status space_cards(Ctx *cx, Db *db, SpaceCards *ret_cards)
{
	SpaceListRows rows;
	TRY(space_list(cx, db, &rows));
	*ret_cards = space_cards_of(cx, &rows);
	return ST_OK;
}

Status visible_space(Ctx *cx, Db *db, Str slug, SpaceFindBySlugRow *ret_space)
{
	bool found;
	TRY(space_find_by_slug(cx, db, &(SpaceFindBySlugArgs){.slug = slug}, ret_space, &found));
	if (!found || ret_space->visibility > (int64_t)actor_clearance(cx)) return fail(cx, ST_NOT_FOUND, "no such space");
	return ST_OK;
}

Status visible_topic(Ctx *cx, Db *db, Id id, TopicGetRow *ret_topic)
{
	Status st = topic_get(cx, db, &(TopicGetArgs){.id = id}, ret_topic);
	if (st != ST_OK && st != ST_NOT_FOUND) return st;
	// Said in the same words whether it is hidden or was never there.
	bool hidden = st != ST_OK || ret_topic->deleted_at || ret_topic->space_visibility > (int64_t)actor_clearance(cx);
	return hidden ? fail(cx, ST_NOT_FOUND, "no such topic") : ST_OK;
}

Status visible_tag(Ctx *cx, Db *db, Str name, TagFindRow *ret_tag)
{
	bool found;
	TRY(tag_find(cx, db, &(TagFindArgs){.name = name}, ret_tag, &found));
	if (!found || !ret_tag->topics_n || ret_tag->visibility > (int64_t)actor_clearance(cx))
		return fail(cx, ST_NOT_FOUND, "no such tag");
	return ST_OK;
}

Crumbs crumbs_of(Arena *a, Str text, Str url, Str text2, Str url2)
{
	Crumb *v = ARENA_NEW(a, Crumb, 2);
	v[0] = (Crumb){.text = text, .url = url};
	v[1] = (Crumb){.text = text2, .url = url2};
	return (Crumbs){.v = v, .n = text2.p ? 2 : 1};
}

Str duration_text(Arena *a, Time ms)
{
	int64_t minutes = ms / TIME_MINUTE_MS, hours = minutes / 60, days = hours / 24;
	if (days >= 2) return str_format(a, "%lld d", (long long)days);
	if (hours >= 1) return str_format(a, "%lld h %lld min", (long long)hours, (long long)(minutes % 60));
	return str_format(a, "%lld min", (long long)i64_max(1, minutes));
}
