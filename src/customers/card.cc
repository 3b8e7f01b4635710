#include "customers/card.h"

#include <algorithm>
#include <charconv>

#include "base/json_member.h"
#include "customers/intake_text.h"

namespace guanhu::customers {

using base::Error;
using base::Json;
using base::JsonArray;
using base::JsonObject;
using records::Record;

namespace {

constexpr CardMember kMembers[] = {
    {"business", "经营情况", "做什么、规模、旺季淡季、上下游", 1000, "text", false},
    {"contact_time", "方便联系的时间", "例如：工作日晚上、赶集日", 100, "text", false},
    {"phone_note", "电话备注", "例如：打给儿子、先发短信", 500, "text", true},
    {"hobbies", "兴趣爱好", "聊得来的话题", 500, "text", false},
    {"place", "到哪里找", "门牌、地标、怎么走", 300, "text", false},
    {"lat", "纬度", "度，小数，例如 28.2278", 12, "lat", false},
    {"lon", "经度", "度，小数，例如 112.9388", 12, "lon", false},
    {"income", "年收入估计(元)", "一年的净收入", 20, "number", true},
    {"income_note", "收入怎么估的", "依据", 300, "text", true},
    {"remark", "备注", "", 2000, "text", false}};

struct Part {
  std::string_view name;
  size_t longest;
  bool required;
};
constexpr Part kProduct[] = {
    {"bank", 60, true}, {"product", 60, true}, {"amount", 20, false}, {"until", 10, false}};
constexpr Part kRelative[] = {
    {"relation", 20, true}, {"name", 40, false}, {"born_on", 10, false}, {"note", 200, false}};
constexpr size_t kListLimit = 40;

class Checker {
 public:
  Checker(const Json& body, const Json& before) : body_(body), before_(before) {}

  void members() {
    for (const CardMember& one : kMembers) member(one);
    const bool lat = !trimmed(text_in(body_, "lat")).empty(), lon = !trimmed(text_in(body_, "lon")).empty();
    if (lat != lon) problem(lat ? "lon" : "lat", "经纬度要一起写");
  }

  template <size_t N>
  void list(std::string_view name, const Part (&parts)[N]) {
    const Json* given = body_.find(name);
    if (!given || !given->as_array()) return;
    if (given->as_array()->size() > kListLimit) problem(std::string(name), "最多 40 项");
    JsonArray out;
    for (const Json& item : *given->as_array()) {
      JsonObject one;
      const std::string where = std::string(name) + "/" + std::to_string(out.size()) + "/";
      for (const Part& part : parts) {
        std::string text = part_text(part, trimmed(text_in(item, part.name)), where);
        if (!text.empty()) one.emplace_back(part.name, std::move(text));
      }
      if (one.empty()) continue;
      for (const Part& part : parts)
        if (part.required && text_in(Json(one), part.name).empty())
          problem(where + std::string(part.name), "没有填写");
      out.push_back(std::move(one));
    }
    if (!out.empty()) made_.emplace_back(name, std::move(out));
  }

  void custom(const std::vector<Field>& all, std::string_view kind,
              const std::function<bool(const Field&)>& mine) {
    JsonObject values;
    const Json* given = body_.find("custom");
    const Json* old = before_.find("custom");
    for (const Field& field : all) {
      const std::string id = std::to_string(field.id);
      const Json* was = old ? old->find(id) : nullptr;
      const Json* now = given ? given->find(id) : nullptr;
      if (field.retired || !belongs(field, kind) || !mine(field)) {
        if (was) values.emplace_back(id, *was);
        continue;
      }
      if (auto value = judged(field, was, now)) values.emplace_back(id, std::move(*value));
    }
    std::sort(values.begin(), values.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
    if (!values.empty()) made_.emplace_back("custom", std::move(values));
  }

  CheckedCard take() { return {Json(std::move(made_)), std::move(problems_)}; }

 private:
  void problem(std::string where, std::string message) {
    problems_.push_back({std::move(where), std::move(message)});
  }
  void member(const CardMember& one) {
    std::string text = trimmed(text_in(body_, one.name));
    if (text.empty()) return;
    if (characters_in(text) > one.longest)
      return problem(std::string(one.name), "超过 " + std::to_string(one.longest) + " 个字");
    if (one.type != "text") {
      auto number = read_number(text);
      if (!number) return problem(std::string(one.name), "不是数(小数不超过 6 位)");
      const int limit = one.type == "lat" ? 90 : one.type == "lon" ? 180 : 0;
      if (limit != 0 && number->abs() > base::Decimal(limit))
        return problem(std::string(one.name),
                       "要在 -" + std::to_string(limit) + " 到 " + std::to_string(limit) + " 之间");
      if (limit == 0 && number->is_negative()) return problem(std::string(one.name), "不能是负数");
      text = number->str();
    }
    made_.emplace_back(one.name, std::move(text));
  }

  std::string part_text(const Part& part, std::string text, const std::string& where) {
    const std::string at = where + std::string(part.name);
    if (text.empty()) return text;
    if (part.name == "amount") {
      auto number = read_number(text);
      if (!number || number->is_negative()) problem(at, "不是金额(元)");
      else return number->str();
    } else if (part.name == "until" || part.name == "born_on") {
      auto day = read_day(text);
      if (!day) problem(at, "不是日期，写成 2025-12-31");
      else return day->str();
    } else if (characters_in(text) > part.longest) {
      problem(at, "超过 " + std::to_string(part.longest) + " 个字");
    }
    return text;
  }

  // Nothing: no value.
  std::optional<Json> judged(const Field& field, const Json* was, const Json* now) {
    const std::string where = "custom/" + std::to_string(field.id);
    if (was && now && was->dump() == now->dump()) return *was;
    auto value = now ? read_json(field, *now) : base::Result<Values>(Values{});
    if (!value) {
      problem(where, value.error().message);
      return std::nullopt;
    }
    if (value->empty()) {
      if (field.required) problem(where, field.title + "：必须填写");
      return std::nullopt;
    }
    return value_json(field, *value);
  }

  const Json& body_;
  const Json& before_;
  JsonObject made_;
  std::vector<CardProblem> problems_;
};

const Field* with_id(const std::vector<Field>& all, const std::string& id) {
  for (const Field& field : all)
    if (std::to_string(field.id) == id) return &field;
  return nullptr;
}

void add_texts(const Json& of, std::string& out) {
  if (of.as_string()) out += *of.as_string() + "\n";
  if (of.as_array())
    for (const Json& one : *of.as_array()) add_texts(one, out);
  if (of.as_object())
    for (const auto& [name, one] : *of.as_object()) add_texts(one, out);
}

}  // namespace

std::span<const CardMember> card_members() { return kMembers; }

const CardMember* card_member(std::string_view name) {
  for (const CardMember& one : kMembers)
    if (one.name == name) return &one;
  return nullptr;
}

CheckedCard check_card(const Json& body, const Json& before, const std::vector<Field>& all, std::string_view kind,
                       const std::function<bool(const Field&)>& mine) {
  Checker checker(body, before);
  checker.members();
  checker.list("products", kProduct);
  checker.list("family", kRelative);
  checker.custom(all, kind, mine);
  return checker.take();
}

std::optional<Record> card(store::Session& session, const std::string& customer) {
  auto found = records::with_key(session, kCardKind, customer);
  if (!found || found->removed || found->state == "undone") return std::nullopt;
  return found;
}

base::Result<Record> write_card_in(store::Session& session, const CardWrite& write, const std::vector<Field>& all,
                                   const records::Doing& doing) {
  records::Change change;
  auto there = records::with_key(session, kCardKind, write.customer);
  const int64_t seen = there && there->state != "undone" ? there->version : 0;
  if (seen != write.version)
    return Error{
        "record.changed",
        there ? there->changed_by + " 已在 " + there->changed_at + " 改过这张客户卡片" : "这张客户卡片已不在",
        std::to_string(seen), "看过现在的内容，再决定保留哪一份"};
  if (there) change.record = *there;
  change.record.kind = kCardKind, change.record.key = write.customer, change.record.state = "active";
  change.record.customer = write.customer, change.record.owner = write.owner, change.record.org = write.org;
  change.record.title = write.name, change.record.body = write.body;
  change.action = write.action, change.why = write.why, change.files = write.files;
  change.words = card_words(write.body, all) + " ";  // never empty: then every text would be found
  auto written = records::write_in(session, change, doing);
  if (written.ok()) put_values(session, write.customer, card_values(write.body), all);
  return written;
}

base::Result<Record> write_card(store::Session& session, const CardWrite& write, const std::vector<Field>& all,
                                const records::Doing& doing) {
  std::optional<base::Result<Record>> out;
  session.transaction([&] { out = write_card_in(session, write, all, doing); });
  return std::move(*out);
}

Json card_seen(const Json& body, const std::vector<Field>& all, const std::function<bool(const Field&)>& mine) {
  JsonObject out;
  if (!body.as_object()) return out;
  for (const auto& [name, value] : *body.as_object()) {
    if (name != "custom" || !value.as_object()) {
      out.emplace_back(name, value);
      continue;
    }
    JsonObject kept;
    for (const auto& [id, one] : *value.as_object())
      if (const Field* field = with_id(all, id); field && mine(*field)) kept.emplace_back(id, one);
    out.emplace_back(name, std::move(kept));
  }
  return out;
}

std::string card_words(const Json& body, const std::vector<Field>& all) {
  std::string out;
  for (const CardMember& one : kMembers)
    if (!one.sensitive && one.type == "text") out += text_in(body, one.name) + "\n";
  if (const Json* products = body.find("products"); products && products->as_array())
    for (const Json& one : *products->as_array())
      out += text_in(one, "bank") + " " + text_in(one, "product") + "\n";
  if (const Json* custom = body.find("custom"); custom && custom->as_object())
    for (const auto& [id, value] : *custom->as_object())
      if (const Field* field = with_id(all, id);
          field && !field->sensitive && field->roles.empty() && !field->retired)
        add_texts(value, out);
  return out;
}

std::vector<std::pair<int64_t, Values>> card_values(const Json& body) {
  std::vector<std::pair<int64_t, Values>> out;
  const Json* custom = body.find("custom");
  if (!custom || !custom->as_object()) return out;
  for (const auto& [id, value] : *custom->as_object()) {
    int64_t number = 0;
    std::from_chars(id.data(), id.data() + id.size(), number);
    Values values;
    if (value.as_string()) values.push_back(*value.as_string());
    if (value.as_array())
      for (const Json& one : *value.as_array())
        if (one.as_string()) values.push_back(*one.as_string());
    if (number > 0 && !values.empty()) out.emplace_back(number, std::move(values));
  }
  return out;
}

}  // namespace guanhu::customers
