#include "customers/outside.h"

#include <algorithm>

#include "base/json_member.h"
#include "policy/decide.h"

namespace guanhu::customers {

using base::Date;
using base::Error;
using base::Json;
using base::JsonArray;
using base::JsonObject;
using records::Record;

namespace {

// "通过", or why the gate does not let it pass.
std::string reasons(const Json& answer) {
  if (text_in(answer, "结论") == "通过") return "";
  std::string out;
  if (const Json* all = answer.find("原因"); all && all->as_array())
    for (const Json& one : *all->as_array())
      if (one.as_string()) out += (out.empty() ? "" : "，") + *one.as_string();
  return out.empty() ? "不合制度" : out;
}

Json day_of(const std::optional<Date>& day) { return day ? Json(day->str()) : Json(); }

// With what the rules said when it was written: duties read it by night without asking the pack again.
Json body_of(const OutsideQuery& q, const QueryStanding& standing) {
  return JsonObject{{"what", q.what},
                    {"subject", q.subject},
                    {"name", q.name},
                    {"purpose", q.purpose},
                    {"result", q.result},
                    {"number", q.number},
                    {"consent", q.consent},
                    {"consent_on", q.consent_on ? Json(q.consent_on->str()) : Json()},
                    {"period", q.period},
                    {"amount", q.amount ? Json(q.amount->str()) : Json()},
                    {"note", q.note},
                    {"again", day_of(standing.again)},
                    {"consent_until", day_of(standing.consented)}};
}

}  // namespace

base::Result<Json> OutsideRules::ask(const char* decision, JsonObject input) const {
  auto answer = policy::decide(pack_, decision, Json(std::move(input)), on_);
  if (!answer.ok()) return answer.error();
  const Json whole = policy::to_json(*answer);
  const Json* result = whole.find("result");
  return result ? *result : Json();
}

std::vector<std::string> OutsideRules::words(const char* type) const {
  const policy::NamedType* found = pack_.type(type);
  return found && found->type ? found->type->words : std::vector<std::string>{};
}

std::vector<std::string> OutsideRules::kinds() const { return words("查询种类"); }
std::vector<std::string> OutsideRules::subjects() const { return words("查询对象"); }
std::vector<std::string> OutsideRules::sources() const { return words("独立来源"); }

base::Result<Json> OutsideRules::kind(const std::string& what) const {
  auto said = ask("query-kind", {{"查询种类", what}});
  if (!said.ok()) return Error{"query.what", "没有“" + what + "”这种查询", "what", "从制度写的种类里选"};
  return said;
}

base::Status OutsideRules::complete(const OutsideQuery& q) const {
  if (auto known = kind(q.what); !known.ok()) return known.error();
  JsonObject input = {{"查询种类", q.what}, {"查询对象", q.subject},   {"对象名称", q.name},
                      {"用途", q.purpose},  {"查询日期", q.day.str()}, {"业务日期", on_.str()},
                      {"结果", q.result},   {"编号", q.number},        {"授权书编号", q.consent},
                      {"期间", q.period}};
  if (q.consent_on) input.emplace_back("授权日期", q.consent_on->str());
  if (q.amount) input.emplace_back("金额", Json(*q.amount));
  auto said = ask("query-record", std::move(input));
  if (!said.ok() && said.error().where == "查询对象")
    return Error{"query.subject", "没有“" + q.subject + "”这种对象", "subject", "从制度写的对象里选"};
  if (!said.ok()) return Error{"query.record", said.error().message, "", said.error().hint};
  const std::string lacks = reasons(*said);
  if (!lacks.empty()) return Error{"query.record", "登记不齐：" + lacks, "", "补齐再登记"};
  return {};
}

base::Result<QueryStanding> OutsideRules::standing(const OutsideQuery& q, const std::string& before) const {
  JsonObject input = {
      {"查询种类", q.what}, {"查询日期", q.day.str()}, {"结果", q.result}, {"业务日期", on_.str()}};
  if (!before.empty()) input.emplace_back("上次结果", before);
  if (q.consent_on) input.emplace_back("授权日期", q.consent_on->str());
  auto said = ask("query-standing", std::move(input));
  if (!said.ok()) return said.error();
  const auto until = Date::parse(text_in(*said, "有效到"));
  if (!until) return Error{"query.rules", "制度没有说这种查询管到哪天", kOutsidePack, "看 query-standing"};
  QueryStanding out;
  out.until = *until, out.again = Date::parse(text_in(*said, "该再查"));
  out.consented = Date::parse(text_in(*said, "授权到"));
  out.valid = flag_in(*said, "还有效"), out.changed = flag_in(*said, "变了"), out.heed = flag_in(*said, "要留意");
  return out;
}

// CUS-612: not by who serves the customer, and not from him.
base::Status OutsideRules::independent(const InfoCheck& c, bool own) const {
  const auto known = sources();
  if (std::find(known.begin(), known.end(), c.source) == known.end())
    return Error{"check.source", "没有“" + c.source + "”这种来源", "source", "从制度写的来源里选"};
  JsonObject input = {{"来源", c.source},
                      {"核对人是主办", own},
                      {"核对日期", c.day.str()},
                      {"业务日期", on_.str()},
                      {"相符", c.agrees}};
  if (!c.note.empty()) input.emplace_back("说明", c.note);
  const policy::Pack* pack = &pack_;
  for (const auto& one : pack_.imports)
    if (one && one->id == "rm-risk-system-paper") pack = one.get();
  auto answer = policy::decide(*pack, "independent-check", Json(std::move(input)), on_);
  if (!answer.ok()) return Error{"check.record", answer.error().message, "", answer.error().hint};
  const Json whole = policy::to_json(*answer);
  const std::string lacks = reasons(*whole.find("result"));
  if (!lacks.empty()) return Error{"check.record", "这次核对不算：" + lacks, "", "换不管这户的人核对，写明说明"};
  return {};
}

OutsideQuery query_of(const Record& of) {
  OutsideQuery out;
  out.customer = of.customer;
  out.what = text_in(of.body, "what"), out.subject = text_in(of.body, "subject"),
  out.name = text_in(of.body, "name");
  out.purpose = text_in(of.body, "purpose"), out.result = text_in(of.body, "result");
  out.number = text_in(of.body, "number"), out.consent = text_in(of.body, "consent");
  out.consent_on = Date::parse(text_in(of.body, "consent_on"));
  out.period = text_in(of.body, "period"), out.note = text_in(of.body, "note");
  out.amount = base::Decimal::parse(text_in(of.body, "amount"));
  if (of.day) out.day = *of.day;
  return out;
}

InfoCheck check_of(const Record& of) {
  InfoCheck out;
  out.customer = of.customer, out.source = text_in(of.body, "source"), out.about = text_in(of.body, "about");
  out.note = text_in(of.body, "note"), out.agrees = flag_in(of.body, "agrees");
  if (of.day) out.day = *of.day;
  return out;
}

base::Result<Record> write_query(store::Session& session, const OutsideQuery& q, const QueryStanding& standing,
                                 const WrittenBy& by, const std::string& why, const records::Doing& doing) {
  records::Change change;
  Record& r = change.record;
  r.id = by.id, r.version = by.version, r.kind = kQueryKind, r.state = standing.heed ? "heed" : "kept";
  r.owner = by.owner, r.org = by.org, r.customer = q.customer, r.day = q.day, r.until = standing.until;
  r.title = q.what + "：" + q.name, r.body = body_of(q, standing);
  change.action = by.id ? "outside_query.correct" : "outside_query.write";
  change.why = why, change.files = q.files;
  return records::write(session, change, doing);
}

base::Result<Record> write_check(store::Session& session, const InfoCheck& c, const WrittenBy& by,
                                 const records::Doing& doing) {
  records::Change change;
  Record& r = change.record;
  r.kind = kCheckKind, r.state = c.agrees ? "agrees" : "differs";
  r.owner = by.owner, r.org = by.org, r.customer = c.customer, r.day = c.day;
  r.title = c.source + "：" + (c.agrees ? "相符" : "不相符");
  r.body = JsonObject{{"source", c.source}, {"about", c.about}, {"note", c.note}, {"agrees", c.agrees}};
  change.action = "info_check.write";
  return records::write(session, change, doing);
}

std::string result_before(const std::vector<Record>& all, const OutsideQuery& q, int64_t id) {
  const Record* last = nullptr;
  for (const Record& one : all) {
    if (one.customer != q.customer || one.removed || one.id == id || !one.day || *one.day > q.day) continue;
    if (*one.day == q.day && id != 0 && one.id > id) continue;
    if (text_in(one.body, "what") != q.what || text_in(one.body, "name") != q.name) continue;
    if (!last || *one.day > *last->day || (*one.day == *last->day && one.id > last->id)) last = &one;
  }
  return last ? text_in(last->body, "result") : "";
}

}  // namespace guanhu::customers
