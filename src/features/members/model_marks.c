// SPDX-License-Identifier: AGPL-3.0-or-later
#include "base/json.h"
#include "members.h"

#define LEVEL_PLAIN 3
#define DATA_BYTES ((size_t)1024)

Status members_earn_badge(Ctx *cx, Tx *tx, Id member, Str id, Str name)
{
	int64_t changed;
	Str origin = str_format(cx->arena, "rules/badge/%.*s/%lld", STR(id), (long long)member);
	TRY(badge_insert(cx, tx,
					 &(BadgeInsertArgs){.id = ctx_id(cx),
										.member_id = member,
										.name = name,
										.level = LEVEL_PLAIN,
										.at_ms = cx->now_ms,
										.origin_id = origin},
					 &changed));
	if (!changed) return ST_OK;
	Buf data = buf_init(cx->arena, 64, DATA_BYTES);
	Json j = json_init(&data);
	json_obj(&j);
	json_key(&j, "badge");
	json_str(&j, name);
	json_end(&j);
	TRY(buf_status(cx, &data));
	return fact_append(cx, tx,
					   &(Fact){.kind = FACT_BADGE_EARNED,
							   .subject_type = SUBJECT_MEMBER,
							   .subject_id = member,
							   .target_id = member,
							   .value = LEVEL_PLAIN,
							   .data = buf_view(&data)});
}

Status members_put_circle(Ctx *cx, Tx *tx, const MemberCircle *c)
{
	return member_put_circle(
		cx, tx,
		&(MemberPutCircleArgs){.id = c->id, .circle = c->circle, .circle_since = c->since, .circle_area = c->area});
}

// The name of an area's line: a tag, or a space.
static Str area_name(Str line, bool *ret_is_space)
{
	Str name;
	*ret_is_space = str_starts(line, S(MEMBER_AREA_SPACE));
	str_cut(*ret_is_space ? str_sub(line, sizeof MEMBER_AREA_SPACE - 1, line.n) : line, ' ', &name);
	return name;
}

static bool area_read(Str line, MemberArea *ret_area)
{
	Str solved, kept;
	str_cut(line, ' ', &ret_area->key);
	ret_area->name = area_name(line, &ret_area->is_space);
	kept = str_cut(str_sub(line, ret_area->key.n + 1, line.n), ' ', &solved);
	return str_int(solved, 0, INT64_MAX, &ret_area->solved) && str_int(kept, 0, INT64_MAX, &ret_area->kept);
}

bool members_area_next(Str *areas, MemberArea *ret_area)
{
	if (!areas->n) return false;
	Str line;
	*areas = str_cut(*areas, '\n', &line);
	return area_read(line, ret_area);
}

static uint64_t first_letter(Str name) { return name.n ? UINT64_C(1) << (name.p[0] & 63) : 0; }

// Most lines are of other areas, which mostly begin with another letter: only what is looked for is read whole.
bool members_area_in(Str areas, Str tags, Str space, MemberArea *ret_area)
{
	bool found = false, is_space;
	uint64_t sought = first_letter(S(MEMBER_AREA_SPACE));
	for (Str tag, rest = tags; rest.n; sought |= first_letter(tag)) rest = str_cut(rest, ' ', &tag);
	for (Str line; areas.n;) {
		areas = str_cut(areas, '\n', &line);
		if (!(sought & first_letter(line))) continue;
		Str name = area_name(line, &is_space);
		if (is_space ? found || !str_eq(name, space) : !str_has_word(tags, name)) continue;
		MemberArea area;
		if (!area_read(line, &area)) return found;
		if (!area.solved) continue;
		*ret_area = area;
		found = true;
		if (!is_space) break; // the first is the one with most
	}
	return found;
}

int64_t members_area_kept(Str areas, Str tags, Str space)
{
	for (MemberArea area; members_area_next(&areas, &area);)
		if (area.is_space ? str_eq(area.name, space) : str_has_word(tags, area.name))
			return area.kept; // the first has most
	return 0;
}
