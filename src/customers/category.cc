#include "customers/category.h"

#include <algorithm>
#include <map>

#include "base/json_member.h"

namespace guanhu::customers {

using base::Date;
using base::Error;
using base::Json;
using base::JsonArray;
using base::JsonObject;

namespace {

constexpr const char* kOutput = "客户分类";

Json body_of(const CategoryView& view, const CategoryAsked& asked, const std::optional<Asked>& check) {
  JsonObject body{{"scheme", view.scheme.id},   {"scheme_title", view.scheme.title},
                  {"category", asked.category}, {"computed", view.computed},
                  {"why", asked.why},           {"given", asked.given}};
  Json reasons = JsonArray{};
  if (view.proposal) {
    const auto words = view.proposal->words("理由");
    reasons = JsonArray(words.begin(), words.end());
    body.emplace_back("proposal", to_json(*view.proposal));
  }
  body.emplace_back("reasons", std::move(reasons));
  if (check) body.emplace_back("check", to_json(*check));
  return body;
}

void keep(store::Session& session, const records::Record& r, const std::string& scheme,
          const std::string& category) {
  session.exec(
      "INSERT INTO customer_categories (record_id, scheme, customer, category, from_day, state)"
      " VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (record_id) DO UPDATE SET state = excluded.state,"
      " from_day = excluded.from_day",
      {r.id, scheme, r.customer, category, r.day->str(), r.state});
}

std::string said(const std::vector<std::string>& words) {
  std::string out;
  for (const auto& word : words) out += (out.empty() ? "" : "、") + word;
  return out;
}

// The pack's own check of the category, where it has one.
base::Result<std::optional<Asked>> checked(const PackOf& packs, const CategoryView& view,
                                           const CategoryAsked& asked, const std::vector<Known>& known) {
  if (view.scheme.check.empty()) return std::optional<Asked>();
  JsonObject given;
  if (asked.given.as_object()) given = *asked.given.as_object();
  std::erase_if(given, [](const auto& member) { return member.first == kOutput; });
  given.emplace_back(kOutput, asked.category);
  auto check = ask(packs, {view.scheme.check, asked.from}, known, given);
  if (!check.ok()) return check.error();
  if (check->error) return Error{"category.check", check->error->message, "category", ""};
  if (!check->missing.empty())
    return Error{"category.check", "还要填：" + said(check->missing), "given/" + check->missing[0], ""};
  if (check->word("结论") == "不通过")
    return Error{"category.check", "不能分在“" + asked.category + "”：" + said(check->words("原因")), "category",
                 "改分类，或补上条件；依据 " + check->title};
  return std::optional<Asked>(std::move(*check));
}

base::Status may_set(store::Session& session, const CategoryView& view, const CategoryAsked& asked) {
  const bool differs = asked.category != view.computed;
  if ((differs || view.needs_person) && !is_reason(asked.why))
    return Error{"category.reason",
                 differs ? "和算出来的“" + view.computed + "”不同，要写理由" : "这一类要人认定，写明理由", "why",
                 "用一句话写明"};
  const auto history = category_history(session, view.scheme.id, {asked.customer});
  for (const auto& entry : history)
    if (entry.state == "proposed")
      return Error{"category.waits", "“" + entry.category + "”已经提出，还没有决定", "category", "先决定那一条"};
  // Confirming the same class again is how a yearly review is recorded; the same class from the same day is not.
  const auto now = category_on(history, view.scheme.id, asked.from);
  if (now && now->category == asked.category && now->from == asked.from)
    return Error{"category.same", "从这一天起已经是“" + asked.category + "”", "category", ""};
  if (now && now->from > asked.from)
    return Error{"category.same", "这一天以后已经有分类", "from", "写晚一些的日期"};
  return {};
}

}  // namespace

CategoryView compute_category(const PackOf& packs, const CategoryScheme& scheme, const std::vector<Known>& known,
                              const Json& given, Date on, bool trace) {
  CategoryView out{scheme, {}, "", "", true};
  auto asked = ask(packs, {scheme.propose, on, trace}, known, given);
  if (!asked.ok()) {
    out.error = asked.error().message;
    return out;
  }
  out.proposal = std::move(*asked);
  if (out.proposal->error) out.error = out.proposal->error->message;
  out.computed = out.proposal->word(kOutput);
  const Json needs = out.proposal->part("须人认定");
  out.needs_person = !needs.as_bool() || *needs.as_bool();
  return out;
}

bool in_scheme(const CategoryScheme& scheme, const std::vector<Known>& known) {
  const Json* kind = known_value(known, "客户类型");
  if (!scheme.kind.empty() && !(kind && kind->as_string() && *kind->as_string() == scheme.kind)) return false;
  const Json* lent = known_value(known, "曾有信贷关系");
  return !scheme.loans_only || (lent && lent->as_bool() && *lent->as_bool()) || known_value(known, kOutput);
}

std::vector<Barrier> credit_barriers(const PackOf& packs, const RegisterPlan& plan,
                                     const std::vector<Known>& known, Date on) {
  std::vector<Barrier> out;
  auto look = [&](const std::string& decision, const JsonObject& given) {
    auto asked = ask(packs, {decision, on}, known, given);
    if (!asked.ok() || asked->word("结论") != "不通过") return;
    for (const auto& reason : asked->words("原因")) out.push_back({reason, *asked});
  };
  for (const auto& scheme : plan.schemes)
    if (!scheme.effect.empty() && in_scheme(scheme, known) && known_value(known, kOutput)) look(scheme.effect, {});
  // 涉诉 stands in no extract: who is sued stands on the list of bad credit, which is asked beside it.
  if (!plan.prohibited.empty()) look(plan.prohibited, {{"涉诉", false}});
  return out;
}

namespace {
using Write = base::Result<records::Record> (*)(store::Session&, const records::Change&, const records::Doing&);

base::Result<records::Record> set(store::Session& session, const PackOf& packs, const CategoryView& view,
                                  const CategoryAsked& asked, const std::vector<Known>& known,
                                  const records::Doing& doing, Write write) {
  const auto words = category_words(packs, view.scheme, asked.from);
  if (std::find(words.begin(), words.end(), asked.category) == words.end())
    return Error{"category.value", "没有“" + asked.category + "”这一类", "category", "可以是：" + said(words)};
  if (auto may = may_set(session, view, asked); !may.ok()) return may.error();
  auto check = checked(packs, view, asked, known);
  if (!check.ok()) return check.error();
  records::Change change;
  change.action = asked.confirm ? "customer.category_confirm" : "customer.category_propose";
  change.why = asked.why;
  records::Record& r = change.record;
  r.kind = kCategoryKind, r.state = asked.confirm ? "confirmed" : "proposed";
  r.customer = asked.customer, r.owner = asked.owner, r.org = asked.org, r.day = asked.from;
  r.title = asked.customer_name + "：" + view.scheme.title + " " + asked.category;
  r.body = body_of(view, asked, *check);
  change.words = r.title + " " + asked.why;
  records::Doing also = doing;
  also.also = [&](const records::Record& made, const std::string& action) {
    keep(session, made, view.scheme.id, asked.category);
    if (doing.also) doing.also(made, action);
  };
  return write(session, change, also);
}
}  // namespace

base::Result<records::Record> set_category(store::Session& session, const PackOf& packs, const CategoryView& view,
                                           const CategoryAsked& asked, const std::vector<Known>& known,
                                           const records::Doing& doing) {
  return set(session, packs, view, asked, known, doing, records::write);
}

base::Result<records::Record> set_category_in(store::Session& session, const PackOf& packs,
                                              const CategoryView& view, const CategoryAsked& asked,
                                              const std::vector<Known>& known, const records::Doing& doing) {
  return set(session, packs, view, asked, known, doing, records::write_in);
}

base::Result<records::Record> decide_category(store::Session& session, int64_t id, int64_t version, bool accept,
                                              const std::string& why, const records::Doing& doing) {
  auto was = records::record(session, kCategoryKind, id);
  if (!was.ok()) return was.error();
  if (was->state != "proposed") return Error{"category.state", "这一条已经决定了", "", "重新读一遍这一页"};
  if (was->made_by == doing.login)
    return Error{"category.self", "不能认定自己提出的分类", "", "由另一位有权的人认定"};
  if (!is_reason(why)) return Error{"category.reason", "没有写理由，或太长", "why", "用一句话写明"};
  records::Change change;
  change.action = accept ? "customer.category_confirm" : "customer.category_reject";
  change.why = why;
  change.record = *was;
  change.record.version = version;
  change.record.state = accept ? "confirmed" : "rejected";
  if (auto* body = change.record.body.as_object()) {
    std::erase_if(*body, [](const auto& member) { return member.first == "decided_why"; });
    body->emplace_back("decided_why", why);
  }
  change.words = was->title + " " + text_in(was->body, "why") + " " + why;
  records::Doing also = doing;
  also.also = [&](const records::Record& made, const std::string& action) {
    keep(session, made, text_in(made.body, "scheme"), text_in(made.body, "category"));
    if (doing.also) doing.also(made, action);
  };
  return records::write(session, change, also);
}

CategoryEntry category_of(const records::Record& r) {
  CategoryEntry out;
  out.record = r.id, out.version = r.version, out.customer = r.customer, out.state = r.state;
  out.from = r.day.value_or(Date());
  out.scheme = text_in(r.body, "scheme"), out.category = text_in(r.body, "category");
  out.computed = text_in(r.body, "computed"), out.why = text_in(r.body, "why");
  if (const std::string later = text_in(r.body, "decided_why"); !later.empty()) out.why = later;
  if (const Json* given = r.body.find("given")) out.given = *given;
  if (const Json* reasons = r.body.find("reasons"); reasons && reasons->as_array())
    for (const Json& one : *reasons->as_array())
      if (one.as_string()) out.reasons.push_back(*one.as_string());
  out.made_at = r.made_at, out.made_by = r.made_by, out.changed_at = r.changed_at, out.changed_by = r.changed_by;
  return out;
}

std::vector<CategoryEntry> category_history(store::Session& session, const std::string& scheme,
                                            const std::vector<std::string>& customers) {
  std::vector<CategoryEntry> out;
  for (const auto& customer : customers)
    for (const auto& r : records::list(session, {.kinds = {kCategoryKind}, .customer = customer, .limit = 500})) {
      CategoryEntry entry = category_of(r);
      if (scheme.empty() || entry.scheme == scheme) out.push_back(std::move(entry));
    }
  std::stable_sort(out.begin(), out.end(), [](const auto& a, const auto& b) {
    return std::pair(a.from, a.record) > std::pair(b.from, b.record);
  });
  return out;
}

std::optional<CategoryEntry> category_on(const std::vector<CategoryEntry>& history, const std::string& scheme,
                                         Date day) {
  for (const auto& entry : history)
    if (entry.scheme == scheme && entry.state == "confirmed" && entry.from <= day) return entry;
  return std::nullopt;
}

std::vector<CategoryNow> categories(store::Session& session, const std::string& scheme, Date day) {
  std::map<std::string, CategoryNow> found;
  for (const auto& row : session.query(
           "SELECT c.customer, c.category, c.from_day, c.state, c.record_id, r.version FROM customer_categories c"
           // A category is never removed: only a proposal's record is asked, for the version that decides it.
           " LEFT JOIN records r ON r.record_id = c.record_id AND c.state = 'proposed'"
           " WHERE c.scheme = ? AND c.state IN ('confirmed', 'proposed')"
           " ORDER BY c.customer, c.from_day, c.record_id",
           {scheme})) {
    CategoryNow& now = found[row.text(0)];
    now.customer = row.text(0);
    if (row.text(3) == "proposed") {
      now.proposed = row.text(1), now.proposal = row.integer(4), now.proposal_version = row.integer(5);
    } else if (auto from = Date::parse(row.text(2)); from && *from <= day) {
      now.category = row.text(1), now.from = *from, now.record = row.integer(4);
    }
  }
  std::vector<CategoryNow> out;
  for (auto& [customer, now] : found) out.push_back(std::move(now));
  return out;
}

std::vector<std::string> customers_in(store::Session& session, const std::string& scheme,
                                      const std::string& category, Date day) {
  std::vector<std::string> out;
  std::string of;
  bool in = false;
  auto keep_last = [&] {
    if (in) out.push_back(std::move(of));
  };
  // Of each customer's rows the last one counts.
  for (const auto& row :
       session.query("SELECT customer, category FROM customer_categories WHERE scheme = ? AND state = 'confirmed'"
                     " AND from_day <= ? ORDER BY customer, from_day, record_id",
                     {scheme, day.str()})) {
    if (row.text(0) != of) keep_last(), of = row.text(0);
    in = row.text(1) == category;
  }
  keep_last();
  return out;
}

std::vector<std::string> category_words(const PackOf& packs, const CategoryScheme& scheme, Date on) {
  const size_t cut = scheme.propose.find('/');
  if (cut == std::string::npos) return {};
  auto pack = packs(scheme.propose.substr(0, cut), on);
  const policy::Decision* decision = pack.ok() ? (*pack)->decision(scheme.propose.substr(cut + 1)) : nullptr;
  if (!decision) return {};
  for (const auto& step : decision->body.steps)
    if (step.name == kOutput && step.type) return step.type->words;
  return {};
}

}  // namespace guanhu::customers
