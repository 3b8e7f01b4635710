#include "workbench/notice_night.h"

#include <algorithm>
#include <map>
#include <set>

#include "policy/duty_ask.h"
#include "policy/subjects.h"
#include "workbench/notice.h"
#include "workbench/outbox.h"
#include "workbench/outbox_format.h"
#include "workbench/todo_facts.h"

namespace guanhu::workbench {

using base::Date;
using base::Json;
using base::JsonArray;
using base::JsonObject;

namespace {

constexpr size_t kMostProblems = 20;
constexpr int kLookBack = 7;  // days

// A notice is asked like a duty that is due on the day it is sent, whose title is its text.
struct Asked {
  const policy::Pack* pack = nullptr;
  const policy::Notice* notice = nullptr;
  policy::Duty text, title;  // must outlive the questions
  std::optional<policy::DutyAsk> ask_text, ask_title;
};

std::string rules_of(const policy::Notice& of) {
  std::string out;
  for (const auto& rule : of.origin.rules) out += (out.empty() ? "" : " ") + rule;
  return out;
}

class Night {
 public:
  Night(warehouse::Warehouse& db, store::Session& session, const store::PersonalKey& key,
        const NoticeNightAsk& ask, const TodoDoing& doing, NoticeNightReport& report)
      : db_(db),
        session_(session),
        key_(key),
        ask_(ask),
        doing_(doing),
        report_(report),
        settings_(BankSettings::read(session)),
        book_(*ask.directory, people::list_logins(session), ask.day),
        keepers_(Keepers::load(db, ask.day)),
        roles_(*ask.directory, ask.day) {}

  void rules() {
    std::map<std::string, std::set<std::string>> columns;
    std::vector<std::unique_ptr<Asked>> all;
    for (const auto& pack : ask_.packs)
      for (const policy::Notice& notice : pack->notices) {
        auto one = compiled(*pack, notice);
        if (!one) continue;
        const auto& fields = policy::subject_columns(notice.subject);
        auto& names = columns[notice.subject];
        for (const auto* ask : {&*one->ask_text, &*one->ask_title})
          for (size_t at : ask->columns()) names.insert(fields[at].name);
        all.push_back(std::move(one));
      }
    std::map<std::string, SubjectRows> facts;
    for (const auto& [subject, names] : columns)
      if (subject_known(subject))
        facts[subject] = subject_rows(db_, session_, {subject, names, ask_.business, ask_.business});
    read_phones(all);
    for (const auto& one : all) {
      auto rows = facts.find(one->notice->subject);
      if (rows != facts.end()) say(*one, rows->second);
      else problem(one->pack->id + "/" + one->notice->id + "：还没有“" + one->notice->subject + "”的业务数据");
    }
  }

  // Those who must know a notice and do not, on the day before its last and every day after.
  void reminders() {
    for (const Notice& of : notices(session_, {"published"})) {
      if (!of.must_know || !of.valid(ask_.day) || !of.know_by || *of.know_by - ask_.day > 1) continue;
      const auto known = readings_of(session_, of.record.id);
      for (const auto& person : book_.persons()) {
        auto at = known.find(person);
        if ((at != known.end() && at->second.edition >= of.edition) || !book_.meant(of.audience, person)) continue;
        MessageAsk ask = to(person, "notice_due");
        ask.key =
            "notice_due:" + std::to_string(of.record.id) + "/" + std::to_string(of.edition) + "|" + ask_.day.str();
        ask.title = "请阅知：" + of.title;
        ask.text = "要求在 " + of.know_by->str() + " 以前阅知。";
        ask.link = "/notices/" + std::to_string(of.record.id);
        report_.reminded += tell(ask);
      }
    }
  }

  void expire() { report_.expired = expire_letters(session_, settings_, doing_.at); }

 private:
  void problem(std::string text) {
    ++report_.failed;
    if (report_.problems.size() < kMostProblems) report_.problems.push_back(std::move(text));
  }

  std::unique_ptr<Asked> compiled(const policy::Pack& pack, const policy::Notice& notice) {
    auto out = std::make_unique<Asked>();
    out->pack = &pack, out->notice = &notice;
    for (auto [duty, title] : {std::pair(&out->text, &notice.text), std::pair(&out->title, &notice.title)})
      duty->id = notice.id, duty->title = *title, duty->subject = notice.subject, duty->where = notice.where,
      duty->due = notice.when, duty->origin = notice.origin;
    for (auto [ask, duty] : {std::pair(&out->ask_text, &out->text), std::pair(&out->ask_title, &out->title)}) {
      auto made = policy::DutyAsk::make(pack, *duty, ask_.day);
      if (!made.ok()) {
        problem(pack.id + "/" + notice.id + "：" + made.error().text());
        return nullptr;
      }
      ask->emplace(std::move(*made));
    }
    return out;
  }

  // Phones lie sealed in the facts; only customers that are written to are looked at.
  void read_phones(const std::vector<std::unique_ptr<Asked>>& all) {
    if (std::none_of(all.begin(), all.end(), [](const auto& one) { return one->notice->channel == "sms"; }))
      return;
    const std::string day = "DATE '" + ask_.business.str() + "'";
    const warehouse::Type types[] = {warehouse::Type::text, warehouse::Type::text};
    db_.scan(
        "SELECT DISTINCT ON (f.customer_id) f.customer_id, f.phone FROM f_customers f JOIN imports i"
        " ON i.import_id = f.import_id WHERE i.replaced_at IS NULL AND i.business_date <= " +
            day + " ORDER BY f.customer_id, i.business_date DESC",
        types, [&](const warehouse::Chunk& chunk) {
          for (size_t row = 0; row < chunk.rows; ++row)
            if (!chunk.columns[1].is_null(row))
              phones_.emplace(chunk.columns[0].text[row], chunk.columns[1].text[row]);
        });
  }

  MessageAsk to(const std::string& person, const char* event) const {
    MessageAsk ask;
    ask.event = event, ask.person = person, ask.name = book_.name_of({"person", person, ""});
    const people::Staff* staff = ask_.directory->person(person);
    if (staff) ask.org = staff->org;
    return ask;
  }
  bool tell(const MessageAsk& ask) { return tell_person({session_, key_, settings_, ask_.calendar, doing_}, ask); }

  void say(const Asked& one, const SubjectRows& facts) {
    std::vector<std::optional<Date>> days;
    std::vector<std::pair<size_t, base::Error>> failed;
    one.ask_text->due(facts.columns, facts.rows, days, failed);
    report_.looked_at += static_cast<int64_t>(facts.rows);
    for (const auto& [row, error] : failed)
      problem(one.pack->id + "/" + one.notice->id + " " + facts.id[row] + "：" + error.message);
    for (size_t row = 0; row < facts.rows; ++row)
      if (days[row] && report_.from <= *days[row] && *days[row] <= ask_.day) say_of(one, facts, row, *days[row]);
  }

  void say_of(const Asked& one, const SubjectRows& facts, size_t row, Date day) {
    const policy::Notice& of = *one.notice;
    MessageAsk base;
    base.event = "rule";
    base.key = "rule:" + one.pack->id + "/" + of.id + "|" + of.subject + "|" + facts.id[row] + "|" + day.str();
    base.title = one.ask_title->title(facts.columns, row), base.text = one.ask_text->title(facts.columns, row);
    const std::string customer = of.subject == "customer" ? facts.id[row] : facts.customer[row];
    base.link = customer.empty() ? "" : "/customers/" + customer;
    base.pack = one.pack->id, base.article = of.origin.article, base.rules = rules_of(of);
    const auto keepers = keepers_.of(of.subject, facts.id[row], customer);
    const std::string keeper = roles_.find("主办客户经理", keepers, facts.org[row]);
    const std::string about = of.subject == "manager" ? facts.id[row] : "";
    std::set<std::string> told;
    for (const auto& role : of.to) {
      if (role == "customer" || role == "客户") {
        if (of.channel == "sms") propose(one, facts, row, base, customer, keeper);
        else if (!keeper.empty()) told.insert(keeper);  // a paper or a call goes through the manager's hands
        continue;
      }
      const std::string person = roles_.find(role, keepers, facts.org[row], about);
      if (!person.empty()) told.insert(person);
    }
    for (const auto& person : told) {
      MessageAsk ask = to(person, "rule");
      ask.key = base.key, ask.title = base.title, ask.text = base.text, ask.link = base.link;
      ask.pack = base.pack, ask.article = base.article, ask.rules = base.rules;
      if (of.channel == "letter") ask.title = "请送达：" + ask.title;
      report_.told += tell(ask);
    }
  }

  // MSG-001 MSG-002 MSG-603: to a customer, by whatever the bank sends such things through.
  void propose(const Asked& one, const SubjectRows& facts, size_t row, const MessageAsk& of,
               const std::string& customer, const std::string& keeper) {
    if (customer.empty()) return;
    OutAsk out;
    out.event = "customer", out.key = of.key, out.to_kind = "customer", out.to = customer;
    out.to_name = facts.name[row], out.keeper = keeper, out.org = facts.org[row];
    auto phone = phones_.find(customer);
    if (phone != phones_.end()) out.phone = phone->second;
    out.title = of.title, out.text = of.text;
    // The same words with names covered.
    std::vector<std::vector<feel::Value>> covered(facts.columns.size());
    const auto& fields = policy::subject_columns(one.notice->subject);
    for (size_t i = 0; i < covered.size(); ++i) {
      if (row >= facts.columns[i].size()) continue;
      const feel::Value& value = facts.columns[i][row];
      const bool name = (fields[i].name == "客户名称" || fields[i].name == "姓名") && value.is(feel::Kind::string);
      covered[i].push_back(name ? feel::Value::string(covered_name(value.text())) : value);
    }
    out.masked_title = one.ask_title->title(covered, 0), out.masked_text = one.ask_text->title(covered, 0);
    out.pack = of.pack, out.article = of.article, out.rules = of.rules;
    out.not_before = after_quiet(doing_.at, {}, settings_, ask_.calendar);
    report_.proposed += put_out(session_, key_, out, doing_);
  }

  warehouse::Warehouse& db_;
  store::Session& session_;
  const store::PersonalKey& key_;
  const NoticeNightAsk& ask_;
  const TodoDoing& doing_;
  NoticeNightReport& report_;
  BankSettings settings_;
  AddressBook book_;
  Keepers keepers_;
  RoleFinder roles_;
  std::map<std::string, std::string> phones_;
};

}  // namespace

Json to_json(const NoticeNightReport& of) {
  return JsonObject{{"day", of.day.str()},
                    {"from", of.from.str()},
                    {"looked_at", of.looked_at},
                    {"told", of.told},
                    {"proposed", of.proposed},
                    {"failed", of.failed},
                    {"reminded", of.reminded},
                    {"expired", of.expired},
                    {"problems", JsonArray(of.problems.begin(), of.problems.end())}};
}

NoticeNightReport run_notices(warehouse::Warehouse& db, store::Session& session, const store::PersonalKey& key,
                              const NoticeNightAsk& ask, const TodoDoing& doing) {
  NoticeNightReport out;
  out.day = out.from = ask.day;
  auto last = session.query("SELECT max(day) FROM notice_nights");
  if (!last.empty() && !last[0].is_null(0))
    if (auto day = Date::parse(last[0].text(0)); day && *day < ask.day)
      out.from = std::max(*day + 1, ask.day - (kLookBack - 1));
  session.transaction([&] {
    Night night(db, session, key, ask, doing, out);
    night.rules();
    night.reminders();
    night.expire();
    session.exec(
        "INSERT INTO notice_nights (day, at, report) VALUES (?, ?, ?)"
        " ON CONFLICT (day) DO UPDATE SET at = excluded.at, report = excluded.report",
        {ask.day.str(), doing.at.str(), to_json(out).dump()});
    if (doing.also && (out.told || out.proposed || out.reminded))
      doing.also("notice.night", "date " + ask.day.str(),
                 JsonObject{{"told", out.told}, {"proposed", out.proposed}, {"reminded", out.reminded}});
  });
  return out;
}

Json last_notice_night(store::Session& session) {
  auto rows = session.query("SELECT day, at, report FROM notice_nights ORDER BY day DESC LIMIT 1");
  if (rows.empty()) return {};
  auto report = Json::parse(rows[0].text(2));
  return JsonObject{{"day", rows[0].text(0)}, {"at", rows[0].text(1)}, {"report", report.ok() ? *report : Json()}};
}

}  // namespace guanhu::workbench
