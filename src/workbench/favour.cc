#include "workbench/favour.h"

#include <algorithm>
#include <set>

#include "workbench/work_json.h"

namespace guanhu::workbench {

using base::Date;
using base::Error;
using base::Fen;
using base::Json;
using base::JsonArray;
using base::JsonObject;

namespace {

constexpr Fen kMost = 10'000'000'000;  // fen: a hundred million yuan
constexpr int kLongest = 5 * 366;      // days

std::string state_title(const std::string& state) {
  if (state == "asked") return "还没有决定";
  if (state == "effective") return "已经生效";
  if (state == "refused") return "已经不同意";
  if (state == "ended") return "已经结束";
  return "已经撤回";
}

Json body_of(const Favour& f) {
  return JsonObject{{"favour", f.kind},          {"terms", f.terms},
                    {"reason", f.reason},        {"fen", f.fen},
                    {"level", f.level},          {"power", f.power ? Json(*f.power) : Json()},
                    {"before", f.before},        {"decided_by", f.decided_by},
                    {"said", said_json(f.said)}, {"looks", said_json(f.looks)}};
}

// The row that totals are made of, beside the record.
void book(store::Session& session, const records::Record& record, const Favour& f) {
  session.exec("DELETE FROM favours WHERE record_id = ?", {record.id});
  session.exec(
      "INSERT INTO favours (record_id, staff, customer, org, fen, day, state, level) VALUES (?, ?, ?, ?, ?, ?, ?, "
      "?)",
      {record.id, record.owner, record.customer, record.org, f.fen, record.day->str(), record.state, f.level});
}

base::Result<Favour> kept(store::Session& session, const Favour& f, const std::string& action,
                          const std::string& why, const std::vector<std::string>* files,
                          const records::Doing& doing) {
  records::Change change;
  change.record = f.record, change.record.body = body_of(f), change.action = action, change.why = why;
  change.words = f.terms + "\n" + f.reason;
  if (files) change.files = *files;
  else if (f.record.id)
    for (const auto& file : records::files_of(session, f.record.id)) change.files.push_back(file.digest);
  records::Doing with = doing;
  with.also = [&](const records::Record& record, const std::string& what) {
    book(session, record, f);
    if (doing.also) doing.also(record, what);
  };
  auto written = records::write(session, change, with);
  if (!written.ok()) return written.error();
  return favour_of(*written);
}

base::Result<Favour> opened(store::Session& session, int64_t id, int64_t version,
                            std::initializer_list<const char*> states) {
  auto found = records::record(session, kFavour, id);
  if (!found.ok()) return found.error();
  Favour f = favour_of(*found);
  if (version) f.record.version = version;
  if (std::none_of(states.begin(), states.end(), [&](const char* one) { return found->state == one; }))
    return Error{"favour.state", "这项通融" + state_title(found->state) + "，不能这样做", "state", "刷新以后再看"};
  return f;
}

base::Status check_text(const std::string& text, size_t most, const char* code, const char* where,
                        const char* message) {
  if (text.empty() || characters(text) > most) return Error{code, message, where, ""};
  return {};
}

base::Status check_words(const AdviceSaid& said) {
  return check_text(said.text, 2000, "suggestion.words", "text", "写理由，最多 2000 字");
}

base::Status check(const Favour& f) {
  static const std::set<std::string> kKinds = {"fee", "rate", "term", "priority", "other"};
  if (!kKinds.contains(f.kind)) return Error{"favour.kind", "选通融的种类", "favour", ""};
  if (f.record.customer.empty()) return Error{"favour.customer", "写哪个客户", "customer", "选一个客户"};
  if (auto fits = check_text(f.terms, 200, "favour.terms", "terms", "写通融什么，最多 200 字"); !fits.ok())
    return fits;
  if (auto fits = check_text(f.reason, 2000, "favour.reason", "reason", "写为什么，最多 2000 字"); !fits.ok())
    return fits;
  if (f.fen < 0 || f.fen > kMost)
    return Error{"favour.amount", "让出的金额不能小于 0，最多一亿元", "amount", "没有让出钱的写 0"};
  if (!f.record.until || *f.record.until < *f.record.day || *f.record.until - *f.record.day > kLongest)
    return Error{"favour.days", "到哪一天为止：不早于今天，最多五年", "until", ""};
  return {};
}

}  // namespace

Favour favour_of(const records::Record& record) {
  if (record.kind != kFavour || !record.day)
    throw base::Broken("record " + std::to_string(record.id) + " is no favour");
  Favour f;
  const Json& body = record.body;
  f.record = record, f.kind = text_in(body, "favour"), f.terms = text_in(body, "terms");
  f.reason = text_in(body, "reason"), f.fen = whole_in(body, "fen"), f.level = text_in(body, "level");
  if (const Json* power = body.find("power"); power && power->as_number()) f.power = whole_in(body, "power");
  f.before = whole_in(body, "before"), f.decided_by = text_in(body, "decided_by"), f.said = said_in(body);
  if (const Json* looks = body.find("looks")) f.looks = said_in(JsonObject{{"said", *looks}});
  return f;
}

base::Result<Favour> ask_favour(store::Session& session, const Favour& ask, const std::vector<std::string>& files,
                                const records::Doing& doing) {
  if (auto fits = check(ask); !fits.ok()) return fits.error();
  Favour f = ask;
  f.record.kind = kFavour, f.record.state = f.level == "own" ? "effective" : "asked";
  if (f.level == "own") f.decided_by = f.record.owner;
  return kept(session, f, f.level == "own" ? "favour.record" : "favour.ask", "", &files, doing);
}

base::Result<Favour> decide_favour(store::Session& session, int64_t id, int64_t version, bool agreed,
                                   const AdviceSaid& said, const records::Doing& doing) {
  auto f = opened(session, id, version, {"asked"});
  if (!f.ok()) return f;
  if (f->record.owner == said.person || f->record.made_by == said.by)
    return Error{"favour.same", "自己申请的通融不能自己决定", "", "请上级决定"};
  if (!agreed)
    if (auto fits = check_words(said); !fits.ok()) return fits.error();
  f->record.state = agreed ? "effective" : "refused", f->decided_by = said.person, f->said.push_back(said);
  return kept(session, *f, agreed ? "favour.agree" : "favour.refuse", said.text, nullptr, doing);
}

base::Result<Favour> favour_step(store::Session& session, int64_t id, int64_t version, const AdviceSaid& said,
                                 const records::Doing& doing) {
  auto f =
      said.what == "end" ? opened(session, id, version, {"effective"}) : opened(session, id, version, {"asked"});
  if (!f.ok()) return f;
  if (auto fits = check_words(said); !fits.ok()) return fits.error();
  if (said.what == "withdraw") f->record.state = "withdrawn";
  else if (said.what == "end") f->record.state = "ended";
  else f->level = "head";
  f->said.push_back(said);
  return kept(session, *f, "favour." + said.what, said.text, nullptr, doing);
}

base::Result<Favour> look_at_favour(store::Session& session, int64_t id, const AdviceSaid& said,
                                    const records::Doing& doing) {
  auto f = opened(session, id, 0, {"effective", "ended"});
  if (!f.ok()) return f;
  if (auto fits = check_words(said); !fits.ok()) return fits.error();
  f->looks.push_back(said);
  return kept(session, *f, "favour.look", said.text, nullptr, doing);
}

Fen conceded(store::Session& session, const std::string& staff, const std::string& customer, Date first, Date last,
             int64_t but) {
  Fen out = 0;
  for (const auto& row : session.query(
           "SELECT fen FROM favours WHERE customer = ? AND (? = '' OR staff = ?) AND day >= ? AND day <= ? AND"
           " record_id <> ? AND state IN ('effective', 'ended')",
           {customer, staff, staff, first.str(), last.str(), but}))
    out += row.integer(0);
  return out;
}

std::vector<FavourTotal> favour_totals(store::Session& session, Date first, Date last) {
  std::vector<FavourTotal> out;
  for (const auto& row :
       session.query("SELECT staff, customer, state, level, fen FROM favours WHERE day >= ? AND day <= ? AND"
                     " state <> 'withdrawn' ORDER BY staff, customer",
                     {first.str(), last.str()})) {
    if (out.empty() || out.back().staff != row.text(0) || out.back().customer != row.text(1))
      out.push_back({row.text(0), row.text(1)});
    FavourTotal& one = out.back();
    const std::string& state = row.text(2);
    const bool counts = state == "effective" || state == "ended";
    ++one.asked, one.refused += state == "refused", one.effective += counts;
    one.settled_near += state != "asked" && row.text(3) != "head";
    if (counts) one.fen += row.integer(4);
  }
  return out;
}

// ------------------------------------------------------------------------------------ powers

namespace {

Json body_of(const FavourPowers& p) {
  JsonArray levels;
  for (const FavourLevel& one : p.levels)
    levels.push_back(JsonObject{{"name", one.name},
                                {"positions", texts_json(one.positions)},
                                {"grades", texts_json(one.grades)},
                                {"fen", one.fen}});
  return JsonObject{{"levels", std::move(levels)}, {"said", said_json(p.said)}};
}

base::Status check(const FavourPowers& p, Date today) {
  if (!p.record.day || *p.record.day < today) return Error{"favour.day", "从哪天起：不能早于今天", "from", ""};
  if (p.levels.empty() || p.levels.size() > 20) return Error{"favour.level", "要有 1 至 20 层", "levels", ""};
  std::set<std::string> seen;
  for (size_t i = 0; i < p.levels.size(); ++i) {
    const FavourLevel& one = p.levels[i];
    const std::string where = "levels/" + std::to_string(i), which = "第 " + std::to_string(i + 1) + " 层";
    if (one.name.empty() || characters(one.name) > 40) return Error{"favour.level", which + "要有名称", where, ""};
    if (one.positions.empty() && one.grades.empty())
      return Error{"favour.level", which + "没有写是哪些岗位或职级", where, ""};
    if (one.fen < 0 || one.fen > kMost)
      return Error{"favour.level", which + "的权限不能小于 0，最多一亿元", where, ""};
    for (const auto& who : one.positions)
      if (!seen.insert("p " + who).second)
        return Error{"favour.level", which + "的岗位和别的层重了：" + who, where, ""};
    for (const auto& who : one.grades)
      if (!seen.insert("g " + who).second)
        return Error{"favour.level", which + "的职级和别的层重了：" + who, where, ""};
  }
  return {};
}

base::Result<FavourPowers> kept(store::Session& session, const FavourPowers& p, const std::string& action,
                                const std::string& why, const records::Doing& doing) {
  records::Change change;
  change.record = p.record, change.record.body = body_of(p), change.action = action, change.why = why;
  auto written = records::write(session, change, doing);
  if (!written.ok()) return written.error();
  return powers_of(*written);
}

}  // namespace

const FavourLevel* FavourPowers::level_of(const std::string& position, const std::string& grade) const {
  auto has = [](const std::vector<std::string>& in, const std::string& one) {
    return !one.empty() && std::find(in.begin(), in.end(), one) != in.end();
  };
  for (const FavourLevel& one : levels)
    if (has(one.grades, grade)) return &one;
  for (const FavourLevel& one : levels)
    if (has(one.positions, position)) return &one;
  return nullptr;
}

FavourPowers powers_of(const records::Record& record) {
  if (record.kind != kFavourPowers) throw base::Broken("record " + std::to_string(record.id) + " sets no powers");
  FavourPowers out;
  out.record = record, out.said = said_in(record.body);
  for (const Json& one : list_in(record.body, "levels"))
    out.levels.push_back(
        {text_in(one, "name"), texts_in(one, "positions"), texts_in(one, "grades"), whole_in(one, "fen")});
  return out;
}

std::optional<FavourPowers> powers_on(store::Session& session, Date day) {
  records::Filter filter;
  filter.kinds = {kFavourPowers}, filter.states = {"set"}, filter.to = day, filter.limit = 1;
  auto found = records::list(session, filter);
  if (found.empty()) return std::nullopt;
  return powers_of(found.front());
}

base::Result<FavourPowers> propose_powers(store::Session& session, const FavourPowers& ask, Date today,
                                          const records::Doing& doing) {
  if (auto fits = check(ask, today); !fits.ok()) return fits.error();
  FavourPowers p = ask;
  p.record.kind = kFavourPowers, p.record.state = "proposed";
  p.record.title = "通融权限 " + p.record.day->str() + " 起";
  return kept(session, p, "favour.powers", "", doing);
}

base::Result<FavourPowers> decide_powers(store::Session& session, int64_t id, int64_t version, bool agreed,
                                         const AdviceSaid& said, const records::Doing& doing) {
  auto found = records::record(session, kFavourPowers, id);
  if (!found.ok()) return found.error();
  FavourPowers p = powers_of(*found);
  p.record.version = version;
  if (found->state != "proposed") return Error{"favour.state", "这份权限已经有人决定", "state", "刷新以后再看"};
  if (found->made_by == said.by) return Error{"favour.same", "自己设的权限要别人复核", "", "请另一个人复核"};
  if (!agreed)
    if (auto fits = check_words(said); !fits.ok()) return fits.error();
  p.record.state = agreed ? "set" : "refused", p.said.push_back(said);
  return kept(session, p, agreed ? "favour.powers_set" : "favour.powers_refuse", said.text, doing);
}

}  // namespace guanhu::workbench
