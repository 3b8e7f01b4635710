#include "workbench/exam_result.h"

#include <algorithm>

#include "workbench/work_json.h"

namespace guanhu::workbench {

using appraisal::PeopleFact;
using base::Date;
using base::Decimal;
using base::Error;
using base::Json;
using base::JsonObject;

namespace {

constexpr const char* kColumns =
    "number, staff, exam, sitting, title, points, most, valid_from, valid_to, at, actor, withdrawn_at, "
    "withdrawn_by,"
    " withdrawn_why";

Certificate read_row(const store::Row& row) {
  Certificate out;
  out.number = row.text(0), out.staff = row.text(1), out.exam = row.integer(2), out.sitting = row.integer(3);
  out.title = row.text(4), out.points = row.integer(5), out.most = row.integer(6);
  out.from = Date::parse(row.text(7)).value();
  if (auto to = row.maybe_text(8)) out.to = Date::parse(*to);
  out.at = row.text(9), out.by = row.text(10), out.withdrawn_at = row.text(11), out.withdrawn_by = row.text(12);
  out.withdrawn_why = row.text(13);
  return out;
}

std::vector<Certificate> select(store::Session& session, const std::string& where,
                                std::vector<store::Value> values) {
  std::vector<Certificate> out;
  for (const auto& row : session.query(std::string("SELECT ") + kColumns + " FROM exam_certificates " + where +
                                           " ORDER BY valid_from DESC, number",
                                       values))
    out.push_back(read_row(row));
  return out;
}

Decimal of_hundred(Hundredths points, Hundredths most) {
  auto share = Decimal::divide(Decimal(points * 100), Decimal(most));
  return share ? share->round(2, base::Rounding::half_up) : Decimal(0);
}

// "KS2026-000003": the year it holds from, then in the order of giving.
std::string next_number(store::Session& session, int year) {
  const std::string head = "KS" + std::to_string(year) + "-";
  const auto rows = session.query("SELECT max(number) FROM exam_certificates WHERE number LIKE ?", {head + "%"});
  const auto last = rows[0].maybe_text(0);
  const std::string digits = std::to_string(last ? std::stoll(last->substr(head.size())) + 1 : 1);
  return head + std::string(digits.size() < 6 ? 6 - digits.size() : 0, '0') + digits;
}

Certificate give(store::Session& session, const Exam& exam, const Sitting& s, const records::Doing& doing) {
  Certificate c;
  c.staff = s.staff, c.exam = s.exam, c.sitting = s.id, c.title = exam.certificate, c.points = s.points,
  c.most = s.most;
  c.from = s.day, c.at = doing.at.str(), c.by = doing.login;
  if (exam.months > 0) c.to = s.day.add_months(static_cast<int>(exam.months)) - 1;
  c.number = next_number(session, s.day.year());
  session.exec(
      "INSERT INTO exam_certificates (number, staff, exam, sitting, title, points, most, valid_from, valid_to, at,"
      " actor, withdrawn_at, withdrawn_by, withdrawn_why) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, '', '', '')",
      {c.number, c.staff, c.exam, c.sitting, c.title, c.points, c.most, c.from.str(),
       c.to ? store::Value(c.to->str()) : store::Value(), c.at, c.by});
  return c;
}

// What decisions find by its name: QAL-316 理论成绩, QAL-312 QAL-313 培训考试合格, QAL-318 持有上岗证.
std::vector<PeopleFact> facts_of(const Exam& exam, const Sitting& s,
                                 const std::optional<Certificate>& certificate) {
  std::vector<PeopleFact> out;
  PeopleFact one;
  one.of = "staff", one.subject = s.staff, one.from = s.day;
  one.document = certificate ? certificate->number : "考试 " + std::to_string(exam.record.id);
  one.reason = exam.record.title;
  for (const std::string& fact : exam.facts) {
    const size_t at = fact.find(':');
    if (at == fact.npos) continue;
    const std::string as = fact.substr(0, at);
    one.kind = "exam", one.name = fact.substr(at + 1), one.to = std::nullopt;
    if (as == "成绩") one.value = of_hundred(s.points, s.most);
    else if (as == "是否") one.value = s.passed;
    else if (as == "结果") one.value = s.passed ? "合格" : "不合格";
    else if (!certificate) continue;
    else if (as == "持有") one.kind = "certificate", one.value = true, one.to = certificate->to;
    else if (as == "日期") one.kind = "confirmation", one.value = s.day.str();
    else continue;
    out.push_back(one);
  }
  if (certificate) {
    one.kind = "certificate", one.name = certificate->title, one.value = certificate->number,
    one.to = certificate->to;
    out.push_back(one);
  }
  return out;
}

base::Status may_release(store::Session& session, const Exam& exam, const std::vector<Sitting>& all,
                         const ReleaseClock& clock, const std::string& login) {
  if (exam.record.state != "called") return Error{"exam.state", "成绩已经公布，或者考试已经取消", "state", ""};
  if (exam.record.made_by == login)
    return Error{"exam.self", "组织考试的人不能自己公布成绩", "", "由另一位有权的人公布"};
  if (clock.bank_now < exam.open_until() && !all_done(session, exam))
    return Error{"exam.open", "考试到 " + exam.record.until->str() + " " + exam.closes + " 才截止", "until",
                 "截止，或者通知的人都考完以后再公布"};
  int64_t sitting = 0, unmarked = 0;
  for (const Sitting& one : all) sitting += one.state == "sitting", unmarked += one.state == "handed";
  if (sitting)
    return Error{"exam.sitting", "还有 " + std::to_string(sitting) + " 人没有交卷", "", "等他们的时间到"};
  if (unmarked)
    return Error{"exam.unmarked", "还有 " + std::to_string(unmarked) + " 份答卷没有评完", "", "先评完问答题"};
  return {};
}

}  // namespace

std::vector<Certificate> certificates_of(store::Session& session, const std::string& staff) {
  return staff.empty() ? select(session, "", {}) : select(session, "WHERE staff = ?", {staff});
}

std::optional<Certificate> certificate(store::Session& session, const std::string& number) {
  auto found = select(session, "WHERE number = ?", {number});
  return found.empty() ? std::nullopt : std::optional<Certificate>(found.front());
}

std::map<std::string, Sitting> best_of(const std::vector<Sitting>& all) {
  std::map<std::string, Sitting> out;
  for (const Sitting& one : all) {
    if (one.state == "sitting") continue;
    auto [at, fresh] = out.try_emplace(one.staff, one);
    if (!fresh && one.points > at->second.points) at->second = one;
  }
  return out;
}

base::Result<Exam> release_exam(store::Session& session, const TrainingRules& rules, int64_t id, int64_t version,
                                const ReleaseClock& clock, const appraisal::PeopleDoing& people,
                                const records::Doing& doing) {
  hand_in_expired(session, rules, doing.at, doing);
  auto found = records::record(session, kExam, id);
  if (!found.ok()) return found.error();
  Exam exam = exam_of(*found);
  const auto all = sittings(session, id);
  if (auto may = may_release(session, exam, all, clock, doing.login); !may.ok()) return may.error();
  records::Change change;
  change.record = *found, change.record.version = version, change.record.state = "released";
  change.action = "exam.release", change.words = exam.about;
  for (auto& [name, value] : *change.record.body.as_object())
    if (name == "released_by") value = doing.login;
  records::Doing with = doing;
  with.also = [&](const records::Record& record, const std::string& action) {
    std::vector<PeopleFact> facts;
    for (const auto& [staff, best] : best_of(all)) {
      std::optional<Certificate> given;
      if (best.passed && !exam.certificate.empty()) given = give(session, exam, best, doing);
      for (auto& fact : facts_of(exam, best, given)) facts.push_back(std::move(fact));
    }
    session.exec("UPDATE exam_sittings SET state = 'released' WHERE exam = ?", {id});
    if (!facts.empty())
      if (auto recorded = appraisal::record_facts_in(session, facts, people); !recorded.ok())
        throw base::Broken("facts of exam " + std::to_string(id) + ": " + recorded.error().text());
    if (doing.also) doing.also(record, action);
  };
  auto written = records::write(session, change, with);
  if (!written.ok()) return written.error();
  return exam_of(*written);
}

base::Result<Certificate> withdraw_certificate(store::Session& session, const std::string& number,
                                               const std::string& why, const std::string& person,
                                               const appraisal::PeopleDoing& doing) {
  auto found = certificate(session, number);
  if (!found) return Error{"certificate.unknown", "没有这张证书", "number", ""};
  if (found->staff == person) return Error{"certificate.self", "自己的证书由别人撤销", "", ""};
  if (!found->withdrawn_at.empty()) return Error{"certificate.state", "证书已经撤销", "number", ""};
  if (why.empty()) return Error{"certificate.why", "写为什么撤销", "reason", "一句话"};
  for (const auto& fact : appraisal::people_facts(session, {.of = "staff", .subject = found->staff}))
    if (fact.document == number && fact.withdrawn_at.empty())
      if (auto done = appraisal::withdraw_fact(session, fact.id, why, doing); !done.ok()) return done.error();
  session.transaction([&] {
    session.exec(
        "UPDATE exam_certificates SET withdrawn_at = ?, withdrawn_by = ?, withdrawn_why = ? WHERE number = ?",
        {doing.at.str(), doing.actor, why, number});
    doing.tell("exam.certificate.withdraw", "certificate " + number, JsonObject{{"reason", why}});
  });
  return *certificate(session, number);
}

// ---------------------------------------------------------------------------- figures

namespace {

// Shares of full points, question by question, of one paper.
std::vector<Decimal> shares(store::Session& session, const Paper& paper, const Sitting& s) {
  std::vector<Decimal> out(paper.questions.size());
  for (const Answered& one : answers(session, s.id)) {
    const auto place = static_cast<size_t>(one.place);
    auto share = Decimal::divide(Decimal(one.points.value_or(0)), Decimal(paper.questions.at(place).points));
    out[place] = share.value_or(Decimal(0));
  }
  return out;
}

Decimal mean(const std::vector<std::vector<Decimal>>& rows, size_t from, size_t n, size_t question) {
  Decimal sum;
  for (size_t i = from; i < from + n; ++i) sum = Decimal::add(sum, rows[i][question]).value();
  return Decimal::divide(sum, Decimal(static_cast<int64_t>(n))).value();
}

}  // namespace

std::vector<QuestionFigures> question_figures(store::Session& session, const Paper& paper,
                                              const std::vector<Sitting>& marked) {
  std::vector<Sitting> order = marked;
  std::stable_sort(order.begin(), order.end(),
                   [](const Sitting& a, const Sitting& b) { return a.points > b.points; });
  std::vector<std::vector<Decimal>> rows;
  for (const Sitting& one : order) rows.push_back(shares(session, paper, one));
  const size_t n = rows.size(), end = std::max<size_t>(1, (n * 27 + 50) / 100);
  std::vector<QuestionFigures> out(paper.questions.size());
  for (size_t q = 0; q < out.size(); ++q) {
    out[q].n = static_cast<int64_t>(n);
    for (const auto& row : rows) out[q].full += row[q] >= Decimal(1);
    if (n) out[q].ease = mean(rows, 0, n, q).round(3, base::Rounding::half_up);
    if (n >= 2)
      out[q].discriminates = Decimal::subtract(mean(rows, 0, end, q), mean(rows, n - end, end, q))
                                 .value()
                                 .round(3, base::Rounding::half_up);
  }
  return out;
}

}  // namespace guanhu::workbench
