// A rotation of the key of personal data in the store: every sealed value of every text column of every table is
// sealed anew, whether it fills its column or lies inside of a JSON text. The tables are found in the schema, so
// that one that is added later takes part without being named anywhere. The audit log alone is left as it is: its
// records are chained by their hashes, and hold nothing sealed.
#pragma once
#include <string>
#include <vector>

#include "store/personal_key.h"
#include "store/store.h"

namespace guanhu::store {

// A base table with the columns that may hold text.
struct TextTable {
  std::string name;
  std::vector<std::string> columns;
};
// Of the whole store, by name. Virtual tables (full-text search) are left out: what is sealed is not searched by
// its words.
std::vector<TextTable> text_tables(Session& session);

struct Resealed {
  int64_t values = 0;  // sealed anew
  int64_t lost = 0;    // sealed under a key that is not there any more, or changed: left as they were
  std::vector<std::string> columns;  // "signals.data": where they lay
};
// With the newest key, what an older one of `key` has sealed. One transaction a table: interrupted, it is run
// again. What the old key sealed is then also gone from the pages of the database that are free (the tables that
// changed are written anew).
Resealed reseal(Session& session, const PersonalKey& key);

}  // namespace guanhu::store
