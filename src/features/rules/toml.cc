// SPDX-License-Identifier: AGPL-3.0-or-later
// The one C++ file: walks what toml++ parsed and copies it into plain C (toml.h says what comes out).
#include "toml.h"

#define TOML_EXCEPTIONS 0
#define TOML_HEADER_ONLY 1
#define TOML_ENABLE_FORMATTERS 0
#define TOML_ENABLE_WINDOWS_COMPAT 0
#define TOML_MAX_NESTED_VALUES 16
#include <toml++/toml.h>

#include <algorithm>
#include <cstring>
#include <vector>

namespace
{

struct Reader {
	TomlAlloc *alloc;
	void *self;

	const char *copy(std::string_view s) const
	{
		char *p = static_cast<char *>(alloc(self, s.size() + 1));
		if (p) std::memcpy(p, s.data(), s.size());
		return p;
	}

	// False when memory ran out.
	bool text(TomlNode *to, std::string_view s) const
	{
		to->text = copy(s);
		to->text_n = s.size();
		return to->text != nullptr;
	}

	bool date(TomlNode *to, const toml::date &d) const
	{
		unsigned year = d.year % 10000u, month = d.month % 100u, day = d.day % 100u;
		const char digits[] = {char('0' + year / 1000),
							   char('0' + year / 100 % 10),
							   char('0' + year / 10 % 10),
							   char('0' + year % 10),
							   '-',
							   char('0' + month / 10),
							   char('0' + month % 10),
							   '-',
							   char('0' + day / 10),
							   char('0' + day % 10)};
		to->type = TOML_IS_DATE;
		return text(to, std::string_view(digits, sizeof digits));
	}

	bool table(TomlNode *to, const toml::table &from) const
	{
		// toml++ keeps members by name; put each after those that stand before it in the file.
		struct Placed {
			TomlNode *node;
			toml::source_position at;
		};
		std::vector<Placed> all;
		for (auto &&[key, value] : from) {
			TomlNode *node = read(value);
			if (!node || !(node->key = copy(key.str()))) return false;
			node->key_n = key.str().size();
			node->key_line = static_cast<int>(key.source().begin.line);
			all.push_back({node, key.source().begin});
		}
		std::sort(all.begin(), all.end(), [](const Placed &a, const Placed &b) { return a.at < b.at; });
		TomlNode **end = &to->first;
		for (const Placed &p : all) {
			*end = p.node;
			end = &p.node->next;
		}
		return true;
	}

	bool array(TomlNode *to, const toml::array &from) const
	{
		TomlNode **end = &to->first;
		for (auto &&value : from) {
			if (!(*end = read(value))) return false;
			end = &(*end)->next;
		}
		return true;
	}

	TomlNode *read(const toml::node &from) const
	{
		TomlNode *to = static_cast<TomlNode *>(alloc(self, sizeof(TomlNode)));
		if (!to) return nullptr;
		to->line = static_cast<int>(from.source().begin.line);
		bool ok = true;
		if (auto t = from.as_table()) to->type = TOML_IS_TABLE, ok = table(to, *t);
		else if (auto a = from.as_array()) to->type = TOML_IS_ARRAY, ok = array(to, *a);
		else if (auto s = from.as_string()) to->type = TOML_IS_TEXT, ok = text(to, s->get());
		else if (auto i = from.as_integer()) to->type = TOML_IS_INT, to->integer = i->get();
		else if (auto f = from.as_floating_point()) to->type = TOML_IS_FLOAT, to->real = f->get();
		else if (auto b = from.as_boolean()) to->type = TOML_IS_BOOL, to->integer = b->get();
		else if (auto d = from.as_date()) ok = date(to, d->get());
		else to->type = TOML_IS_TIME;
		return ok ? to : nullptr;
	}
};

} // namespace

bool toml_read(const char *text, size_t n, TomlAlloc *alloc, void *self, TomlNode **ret_root, TomlFault *ret_fault)
{
	toml::parse_result parsed = toml::parse(std::string_view(text, n));
	if (!parsed) {
		std::string_view why = parsed.error().description();
		size_t fits = why.size() < sizeof ret_fault->reason ? why.size() : sizeof ret_fault->reason - 1;
		std::memcpy(ret_fault->reason, why.data(), fits);
		ret_fault->reason[fits] = 0;
		ret_fault->line = static_cast<int>(parsed.error().source().begin.line);
		return false;
	}
	Reader reader{alloc, self};
	*ret_root = reader.read(parsed.table());
	ret_fault->line = 0;
	return *ret_root != nullptr;
}
