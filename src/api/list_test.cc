#include "api/list.h"

#include <gtest/gtest.h>

namespace guanhu::api {
namespace {

using base::Json;
using base::JsonArray;
using base::JsonObject;

const std::vector<std::pair<std::string, SchemaRef>> kMembers = {
    {"id", text()}, {"name", text()}, {"total", decimal()}, {"scores", map(decimal())}};

ListQuery read(const std::map<std::string, std::string>& given, std::string& wrong) {
  std::vector<Misfit> misfits;
  auto out = read_list_query(
      [&](const char* name) -> std::optional<std::string> {
        auto at = given.find(name);
        return at == given.end() ? std::nullopt : std::optional(at->second);
      },
      kMembers, misfits);
  for (const auto& m : misfits) wrong += m.where + " ";
  return out;
}

Items people() {
  auto one = [](const char* id, const char* name, Json total, const char* score) {
    return Json(JsonObject{
        {"id", id}, {"name", name}, {"total", std::move(total)}, {"scores", JsonObject{{"甲", score}}}});
  };
  return Items::of({one("S10", "张伟", "9.5", "1"), one("S9", "李静", "10.25", "3"),
                    one("S2", "阿强", Json(), "2"), one("S3", "赵敏", "10.25", "2")});
}

std::string ids(const std::vector<const Json*>& items) {
  std::string out;
  for (const Json* item : items) out += *item->find("id")->as_string() + " ";
  return out;
}

std::string sorted(const std::string& by) {
  std::string wrong;
  ListQuery query = read({{"sort", by}}, wrong);
  Items items = people();
  sort_items(items.chosen, query.sort);
  return ids(items.chosen) + wrong;
}

TEST(ListQuery, NamesWhatIsWrong) {
  std::string wrong;
  read({{"page", "0"}, {"page_size", "501"}, {"sort", "-salary"}, {"fields", "id,salary"}}, wrong);
  EXPECT_EQ(wrong, "page page_size sort fields ");
  wrong.clear();
  read({{"page", "1x"}, {"page_size", ""}, {"sort", "total.x,-scores.甲"}}, wrong);
  EXPECT_EQ(wrong, "page page_size ")
      << "below a known member anything may be named: what is not there has no value";
}

TEST(ListQuery, ReadsWhatIsRight) {
  std::string wrong;
  ListQuery q =
      read({{"page", "3"}, {"page_size", "500"}, {"sort", "-total,id"}, {"q", "  ZW "}, {"fields", "id"}}, wrong);
  EXPECT_EQ(wrong, "");
  EXPECT_EQ(q.page, 3u);
  EXPECT_EQ(q.page_size, 500u);
  EXPECT_TRUE(q.sort[0].descending);
  EXPECT_EQ(q.sort[1].path, "id");
  EXPECT_EQ(q.q, "zw");
}

TEST(Lists, SortNumbersAsNumbersAndNamesByPinyin) {
  EXPECT_EQ(sorted("total"), "S10 S9 S3 S2 ")
      << "9.5 before 10.25; what has no value last; equal ones as they stood";
  EXPECT_EQ(sorted("-total"), "S9 S3 S10 S2 ") << "no value is last either way";
  EXPECT_EQ(sorted("-total,-id"), "S9 S3 S10 S2 ");
  EXPECT_EQ(sorted("name"), "S2 S9 S10 S3 ") << "a, li, zhang, zhao";
  EXPECT_EQ(sorted("scores.甲,-name"), "S10 S3 S2 S9 ");
  EXPECT_EQ(sorted(""), "S10 S9 S2 S3 ");
}

TEST(Lists, KeepWhatHoldsTheText) {
  auto kept = [](const std::string& q) {
    Items items = people();
    keep_matching(items.chosen, q, {"id", "name"});
    return ids(items.chosen);
  };
  EXPECT_EQ(kept("zw"), "S10 ");
  EXPECT_EQ(kept("静"), "S9 ");
  EXPECT_EQ(kept("s1"), "S10 ");
  EXPECT_EQ(kept("10.25"), "") << "only the members named are looked at";
  EXPECT_EQ(kept(""), "S10 S9 S2 S3 ");
}

TEST(Lists, ArePagesWithTheFieldsAsked) {
  Items items = people();
  ListQuery query{.page = 2, .page_size = 3, .fields = {"id"}};
  EXPECT_EQ(page_of(query, items.chosen, {{"title", "t"}}).dump(),
            R"({"items": [{"id": "S3"}], "total": 4, "page": 2, "page_size": 3, "title": "t"})");
  query.page = 3;
  EXPECT_EQ(page_of(query, items.chosen, {}).dump(), R"({"items": [], "total": 4, "page": 3, "page_size": 3})");
}

}  // namespace
}  // namespace guanhu::api
