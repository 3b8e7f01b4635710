#include "api/list.h"

#include <algorithm>
#include <charconv>

#include "api/pinyin.h"

namespace guanhu::api {

using base::Json;
using base::JsonArray;
using base::JsonObject;

namespace {

constexpr size_t kMostPage = 500;

std::vector<std::string> split(const std::string& text, char by) {
  std::vector<std::string> out;
  for (size_t at = 0; at <= text.size();) {
    size_t end = std::min(text.find(by, at), text.size());
    if (end > at) out.push_back(text.substr(at, end - at));
    at = end + 1;
  }
  return out;
}

bool read_number(const std::optional<std::string>& text, size_t most, size_t& out) {
  if (!text) return true;
  size_t value = 0;
  auto [end, error] = std::from_chars(text->data(), text->data() + text->size(), value);
  if (error != std::errc() || end != text->data() + text->size() || value < 1 || value > most) return false;
  out = value;
  return true;
}

bool known(const std::string& path, const std::vector<std::pair<std::string, SchemaRef>>& members) {
  std::string first = path.substr(0, path.find('.'));
  return std::any_of(members.begin(), members.end(), [&](const auto& m) { return m.first == first; });
}

std::string names(const std::vector<std::pair<std::string, SchemaRef>>& members) {
  std::string out;
  for (const auto& [name, schema] : members) out += (out.empty() ? "" : ", ") + name;
  return out;
}

// What is compared, made once for each item.
struct SortKey {
  int rank = 2;  // 0 number, 1 text, 2 nothing
  base::Decimal number;
  std::string text;
};

SortKey key_of(const Json* value) {
  if (!value || value->is_null()) return {};
  if (auto n = value->as_number()) return {0, *n, ""};
  if (auto b = value->as_bool()) return {0, base::Decimal(*b ? 1 : 0), ""};
  const std::string* t = value->as_string();
  if (!t) return {};
  if (auto n = base::Decimal::parse(*t)) return {0, *n, ""};
  return {1, {}, pinyin_order(*t)};
}

int compare(const SortKey& a, const SortKey& b, bool descending) {
  if (a.rank == 2 || b.rank == 2) return a.rank == b.rank ? 0 : a.rank == 2 ? 1 : -1;
  int order = a.rank != b.rank ? (a.rank < b.rank ? -1 : 1) : 0;
  if (order == 0 && a.rank == 0) order = a.number < b.number ? -1 : b.number < a.number ? 1 : 0;
  if (order == 0 && a.rank == 1) order = a.text < b.text ? -1 : b.text < a.text ? 1 : 0;
  return descending ? -order : order;
}

Json only(const Json& item, const std::vector<std::string>& fields) {
  if (fields.empty()) return item;
  JsonObject out;
  for (const auto& f : fields)
    if (const Json* value = item.find(f)) out.emplace_back(f, *value);
  return out;
}

}  // namespace

ListQuery read_list_query(const std::function<std::optional<std::string>(const char*)>& parameter,
                          const std::vector<std::pair<std::string, SchemaRef>>& members,
                          std::vector<Misfit>& wrong) {
  ListQuery out;
  if (!read_number(parameter("page"), 1'000'000, out.page)) wrong.push_back({"page", "应为 1 以上的整数"});
  if (!read_number(parameter("page_size"), kMostPage, out.page_size))
    wrong.push_back({"page_size", "应为 1 至 " + std::to_string(kMostPage) + " 的整数"});
  for (std::string& name : split(parameter("sort").value_or(""), ',')) {
    bool descending = name.starts_with('-');
    if (descending) name.erase(0, 1);
    if (!known(name, members)) wrong.push_back({"sort", "不能按 " + name + " 排序, 可用: " + names(members)});
    out.sort.push_back({std::move(name), descending});
  }
  for (std::string& name : split(parameter("fields").value_or(""), ',')) {
    if (!known(name, members)) wrong.push_back({"fields", "没有字段 " + name + ", 可用: " + names(members)});
    out.fields.push_back(std::move(name));
  }
  out.q = plain_query(parameter("q").value_or(""));
  if (out.q.size() > 200) wrong.push_back({"q", "太长"});
  return out;
}

Items Items::of(std::vector<Json> items) {
  Items out;
  out.all = std::make_shared<const std::vector<Json>>(std::move(items));
  for (const Json& item : *out.all) out.chosen.push_back(&item);
  return out;
}

const Json* member_at(const Json& item, const std::string& path) {
  size_t dot = path.find('.');
  const Json* value = item.find(path.substr(0, dot));
  if (!value || dot == path.npos) return value;
  return value->find(path.substr(dot + 1));
}

void keep_matching(std::vector<const Json*>& items, const std::string& q,
                   const std::vector<std::string>& members) {
  if (q.empty()) return;
  std::erase_if(items, [&](const Json* item) {
    return std::none_of(members.begin(), members.end(), [&](const std::string& member) {
      const Json* value = item->find(member);
      return value && value->as_string() && matches(*value->as_string(), q);
    });
  });
}

void sort_items(std::vector<const Json*>& items, const std::vector<ListQuery::Key>& keys) {
  if (keys.empty()) return;
  struct Row {
    std::vector<SortKey> keys;
    const Json* item;
  };
  std::vector<Row> rows;
  for (const Json* item : items) {
    Row row{{}, item};
    for (const auto& key : keys) row.keys.push_back(key_of(member_at(*item, key.path)));
    rows.push_back(std::move(row));
  }
  std::stable_sort(rows.begin(), rows.end(), [&](const Row& a, const Row& b) {
    for (size_t i = 0; i < keys.size(); ++i)
      if (int order = compare(a.keys[i], b.keys[i], keys[i].descending)) return order < 0;
    return false;
  });
  for (size_t i = 0; i < rows.size(); ++i) items[i] = rows[i].item;
}

Json page_body(const ListQuery& query, JsonArray page, size_t total, JsonObject beside) {
  if (!query.fields.empty())
    for (Json& item : page) item = only(item, query.fields);
  const size_t size = std::min(query.page_size, std::max(total, kMostPage));
  JsonObject out = {{"items", std::move(page)}, {"total", total}, {"page", query.page}, {"page_size", size}};
  for (auto& member : beside) out.push_back(std::move(member));
  return out;
}

Json page_of(const ListQuery& query, const std::vector<const Json*>& items, JsonObject beside) {
  JsonArray page;
  size_t first = std::min((query.page - 1) * query.page_size, items.size());
  size_t last = std::min(first + query.page_size, items.size());
  for (size_t i = first; i < last; ++i) page.push_back(only(*items[i], query.fields));
  ListQuery done = query;
  done.fields.clear();
  return page_body(done, std::move(page), items.size(), std::move(beside));
}

}  // namespace guanhu::api
