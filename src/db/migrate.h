// SPDX-License-Identifier: AGPL-3.0-or-later
// Migrations: forward only, numbered from 1 without gaps within each owner, applied in one transaction, remembered with
// the SHA-256 of their text. The text is in portable words (db/dialect.h). The generated tables of a folder's migrations
// (`NAME_migrations`, `NAME_migrations_n`) include this header; store_migrate of db/db.h applies them:
//
//   MigrationSet sets[] = {{core_migrations, core_migrations_n}, {members_migrations, members_migrations_n}};
//   TRY(store_migrate(cx, store, sets, COUNTOF(sets)));
//
// Refused, with nothing changed: a text that differs from what was applied, a missing number, and a database that has
// migrations which this program does not know (it is newer). Safe to run from several processes at once.
#pragma once
#include "db/db.h"
