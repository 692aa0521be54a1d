// SPDX-License-Identifier: AGPL-3.0-or-later
#include "reputation/feature.h"

#include "reputation/reputation.h"

Feature reputation_feature(void)
{
	return (Feature){
		.name = "reputation", .migrations = reputation_migrations, .migrations_n = &reputation_migrations_n};
}
