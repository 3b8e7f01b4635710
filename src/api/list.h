// Paging, sorting, free text and choice of fields: done once, here, for every list.
#pragma once
#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "api/schema.h"
#include "base/json.h"

namespace guanhu::api {

struct ListQuery {
  struct Key {
    std::string path;  // "total", "scores.组织资金得分"
    bool descending = false;
  };
  size_t page = 1, page_size = 50;
  std::vector<Key> sort;
  std::string q;                    // free text, trimmed, lower case
  std::vector<std::string> fields;  // empty: all
};

// Reads page, page_size, sort, q, fields; what is wrong goes to `wrong`. `members`: those of an item, which
// sort and fields may name ("scores.X" for a member that holds others).
ListQuery read_list_query(const std::function<std::optional<std::string>(const char*)>& parameter,
                          const std::vector<std::pair<std::string, SchemaRef>>& members,
                          std::vector<Misfit>& wrong);

// Items a handler found, in their natural order, of which the gate makes a page. Shared, not copied.
struct Items {
  std::shared_ptr<const std::vector<base::Json>> all;
  std::vector<const base::Json*> chosen;  // of `all`, in scope
  base::JsonObject beside;                // members beside "items"

  static Items of(std::vector<base::Json> items);
};

// Keeps those in which one of the members holds the text of q: written so, or by pinyin initials.
void keep_matching(std::vector<const base::Json*>& items, const std::string& q,
                   const std::vector<std::string>& members);
// Sorted by the keys; what has no value comes last, whatever the direction; equal ones keep their order.
// Numbers and texts that are numbers are compared as numbers, before all other texts.
void sort_items(std::vector<const base::Json*>& items, const std::vector<ListQuery::Key>& keys);
// {"items", "total", "page", "page_size", ...beside}
base::Json page_of(const ListQuery& query, const std::vector<const base::Json*>& items, base::JsonObject beside);
// The same around a page that was cut elsewhere.
base::Json page_body(const ListQuery& query, base::JsonArray page, size_t total, base::JsonObject beside = {});

// The member at "a.b"; nullptr when it is not there.
const base::Json* member_at(const base::Json& item, const std::string& path);

}  // namespace guanhu::api
