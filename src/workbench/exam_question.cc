// The bank of questions.
#include <algorithm>
#include <set>

#include "workbench/exam.h"
#include "workbench/training.h"
#include "workbench/work_json.h"

namespace guanhu::workbench {

using base::Decimal;
using base::Error;
using base::Json;
using base::JsonArray;
using base::JsonObject;

namespace {

constexpr size_t kStem = 2000, kExplanation = 2000, kOption = 500, kTexts = 20;

bool letter_in(const std::string& one, size_t options) {
  return one.size() == 1 && one[0] >= 'A' && one[0] < static_cast<char>('A' + options);
}

base::Status check_options(const QuestionBody& q) {
  if (q.type != "single" && q.type != "multiple") {
    if (!q.options.empty()) return Error{"question.options", "只有单选和多选有选项", "options", ""};
    return {};
  }
  if (q.options.size() < 2 || q.options.size() > kMostOptions)
    return Error{"question.options", "选项要有 2 至 8 个", "options", ""};
  std::set<std::string> seen;
  for (const auto& one : q.options)
    if (one.empty() || characters(one) > kOption || !seen.insert(one).second)
      return Error{"question.options", "选项不能空着、不能重复，最多 500 字", "options", ""};
  return {};
}

base::Status check_accepted(const QuestionBody& q) {
  auto wrong = [](const char* message, const char* hint = "") {
    return Error{"question.accepted", message, "accepted", hint};
  };
  std::set<std::string> once(q.accepted.begin(), q.accepted.end());
  if (once.size() != q.accepted.size()) return wrong("答案有重复");
  if (q.type == "open")
    return q.accepted.empty() ? base::Status() : wrong("问答题由人评分，不写标准答案", "评分要点写在解析里");
  if (q.accepted.empty()) return wrong("没有写答案");
  if (q.type == "single" || q.type == "multiple") {
    for (const auto& one : q.accepted)
      if (!letter_in(one, q.options.size())) return wrong("答案不在选项里", "写选项的字母，如 A");
    if (q.type == "single" && q.accepted.size() != 1) return wrong("单选题只有一个答案");
    if (q.type == "multiple" && q.accepted.size() < 2) return wrong("多选题至少两个答案", "只有一个的做成单选题");
  } else if (q.type == "judge") {
    if (q.accepted.size() != 1 || (q.accepted[0] != "true" && q.accepted[0] != "false"))
      return wrong("判断题的答案是对或者错");
  } else if (q.type == "number") {
    if (q.accepted.size() != 1 || !Decimal::parse(q.accepted[0])) return wrong("填数题要有一个数", "如 70 或 0.5");
  } else {
    if (q.accepted.size() > kTexts) return wrong("最多 20 种写法");
    for (const auto& one : q.accepted)
      if (plain_answer(one).empty() || characters(one) > 200) return wrong("每种写法 1 至 200 字");
  }
  return {};
}

}  // namespace

Json json_of(const QuestionBody& q) {
  return JsonObject{{"type", q.type},
                    {"stem", q.stem},
                    {"options", texts_json(q.options)},
                    {"fixed", q.fixed},
                    {"accepted", texts_json(q.accepted)},
                    {"tolerance", q.tolerance.str()},
                    {"difficulty", q.difficulty},
                    {"points", q.points},
                    {"explanation", q.explanation},
                    {"pack", q.pack},
                    {"article", q.article}};
}

QuestionBody question_body_of(const Json& json) {
  QuestionBody out;
  out.type = text_in(json, "type"), out.stem = text_in(json, "stem"), out.options = texts_in(json, "options");
  out.fixed = flag_in(json, "fixed"), out.accepted = texts_in(json, "accepted");
  out.tolerance = decimal_in(json, "tolerance").value_or(Decimal(0));
  out.difficulty = static_cast<int>(whole_in(json, "difficulty")), out.points = whole_in(json, "points");
  out.explanation = text_in(json, "explanation");
  out.pack = text_in(json, "pack"), out.article = text_in(json, "article");
  return out;
}

std::string question_title(const std::string& stem) {
  std::string out = stem.substr(0, stem.find('\n'));
  size_t n = 0, at = 0;
  for (; at < out.size() && n < 100; ++n) do
      ++at;
    while (at < out.size() && (static_cast<unsigned char>(out[at]) & 0xC0) == 0x80);
  return at < out.size() ? out.substr(0, at) + "…" : out;
}

Question question_of(const records::Record& record) {
  if (record.kind != kQuestion) throw base::Broken("record " + std::to_string(record.id) + " is no question");
  return {record, question_body_of(record.body), text_in(record.body, "checked_by"),
          text_in(record.body, "returned_why")};
}

base::Status check_question(store::Session& session, const QuestionAsk& ask) {
  static const std::set<std::string> kTypes = {"single", "multiple", "judge", "number", "text", "open"};
  const QuestionBody& q = ask.body;
  auto topic = records::record(session, kTopic, ask.topic);
  if (!topic.ok() || topic->removed || topic->state != "on")
    return Error{"question.topic", "题目要放在一个启用的主题下", "topic", "先建主题"};
  if (!kTypes.contains(q.type))
    return Error{"question.type", "题型是单选、多选、判断、填数、填空、问答之一", "type", ""};
  if (q.stem.empty() || characters(q.stem) > kStem)
    return Error{"question.stem", "题目要写，最多 2000 字", "stem", ""};
  if (auto fits = check_options(q); !fits.ok()) return fits;
  if (auto fits = check_accepted(q); !fits.ok()) return fits;
  if (q.tolerance.is_negative() || (!q.tolerance.is_zero() && q.type != "number"))
    return Error{"question.tolerance", "只有填数题有误差，不小于 0", "tolerance", ""};
  if (q.points < 1 || q.points > 10'000)
    return Error{"question.points", "分值在 0.01 至 100 之间，最多两位小数", "points", ""};
  if (q.difficulty < 1 || q.difficulty > 3)
    return Error{"question.difficulty", "难度是易、中、难", "difficulty", ""};
  if (characters(q.explanation) > kExplanation)
    return Error{"question.explanation", "解析最多 2000 字", "explanation", ""};
  if (q.pack.empty() != q.article.empty())
    return Error{"question.article", "依据要写制度和条款", "article", "都不写也可以"};
  return {};
}

namespace {

base::Result<Question> kept(store::Session& session, const Question& q, const std::string& action,
                            const std::string& why, const records::Doing& doing, bool inside = false) {
  records::Change change;
  change.record = q.record, change.action = action, change.why = why;
  Json body = json_of(q.body);
  body.as_object()->emplace_back("checked_by", q.checked_by);
  body.as_object()->emplace_back("returned_why", q.returned_why);
  change.record.body = std::move(body), change.record.title = question_title(q.body.stem);
  change.words = q.body.stem + "\n" + q.body.explanation;
  for (const auto& one : q.body.options) change.words += "\n" + one;
  auto written = inside ? records::write_in(session, change, doing) : records::write(session, change, doing);
  if (!written.ok()) return written.error();
  return question_of(*written);
}

}  // namespace

base::Result<Question> keep_question(store::Session& session, const QuestionAsk& ask,
                                     const records::Doing& doing) {
  if (auto fits = check_question(session, ask); !fits.ok()) return fits.error();
  Question q;
  if (ask.id) {
    auto found = records::record(session, kQuestion, ask.id);
    if (!found.ok()) return found.error();
    q = question_of(*found), q.record.version = ask.version;
  } else {
    q.record.kind = kQuestion, q.record.owner = ask.owner, q.record.org = ask.org;
  }
  q.record.parent = ask.topic, q.record.state = "draft", q.body = ask.body;
  q.checked_by.clear(), q.returned_why.clear();
  return kept(session, q, "exam.question", "", doing);
}

base::Status keep_new_questions(store::Session& session, const std::vector<QuestionAsk>& asks,
                                const records::Doing& doing) {
  for (const QuestionAsk& ask : asks)
    if (auto fits = check_question(session, ask); !fits.ok()) return fits;
  session.transaction([&] {
    for (const QuestionAsk& ask : asks) {
      Question q;
      q.record.kind = kQuestion, q.record.owner = ask.owner, q.record.org = ask.org, q.record.parent = ask.topic;
      q.record.state = "draft", q.body = ask.body;
      if (auto written = kept(session, q, "exam.question", "", doing, true); !written.ok())
        throw base::Broken("a question that fits was refused: " + written.error().text());
    }
  });
  return {};
}

base::Result<Question> step_question(store::Session& session, int64_t id, int64_t version, const std::string& what,
                                     const std::string& why, const records::Doing& doing) {
  auto found = records::record(session, kQuestion, id);
  if (!found.ok()) return found.error();
  Question q = question_of(*found);
  const std::string& state = found->state;
  const bool fits = ((what == "check" || what == "return") && state == "draft") ||
                    (what == "retire" && state != "retired") || (what == "revive" && state == "retired");
  if (!fits) return Error{"question.step", "题目现在的状态不能这样做", "state", "刷新以后再看"};
  if ((what == "check" || what == "return") && (found->made_by == doing.login || found->changed_by == doing.login))
    return Error{"question.self", "自己出的、改的题不能自己复核", "", "由另一位有权的人复核"};
  if ((what == "return" || what == "retire") && why.empty())
    return Error{"question.why", "写明理由", "why", "一句话"};
  q.record.version = version;
  q.record.state = what == "check" ? "checked" : what == "retire" ? "retired" : "draft";
  q.checked_by = what == "check" ? doing.login : "", q.returned_why = what == "return" ? why : "";
  return kept(session, q, "exam.question." + what, why, doing);
}

std::vector<Question> questions(store::Session& session) {
  records::Filter filter;
  filter.kinds = {kQuestion}, filter.limit = 50'000;
  std::vector<Question> out;
  for (const auto& one : records::list(session, filter)) out.push_back(question_of(one));
  return out;
}

// ---------------------------------------------------------------------------- what an answer is worth

std::string plain_answer(const std::string& text) {
  std::string out;
  for (size_t i = 0; i < text.size();) {
    const auto c = static_cast<unsigned char>(text[i]);
    // U+FF01..U+FF5E are the wide forms of '!'..'~', U+3000 a wide blank.
    if (c == 0xEF && i + 2 < text.size()) {
      const int code = (c & 0x0F) << 12 | (text[i + 1] & 0x3F) << 6 | (text[i + 2] & 0x3F);
      if (code >= 0xFF01 && code <= 0xFF5E) {
        const char narrow = static_cast<char>(code - 0xFEE0);
        out += narrow >= 'A' && narrow <= 'Z' ? static_cast<char>(narrow + 32) : narrow, i += 3;
        continue;
      }
    }
    if (text.compare(i, 3, "\xE3\x80\x80") == 0) {
      i += 3;
      continue;
    }
    if (c > ' ') out += c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : static_cast<char>(c);
    ++i;
  }
  return out;
}

namespace {

std::vector<std::string> letters_of(const Json& answer) {
  std::vector<std::string> out;
  if (answer.as_array())
    for (const Json& one : *answer.as_array())
      if (one.as_string()) out.push_back(*one.as_string());
  return out;
}

base::Result<Hundredths> several(const QuestionBody& q, const Json& answer, Hundredths points,
                                 const TrainingRules& rules) {
  int right = 0, wrong = 0;
  for (const auto& one : letters_of(answer))
    (std::find(q.accepted.begin(), q.accepted.end(), one) == q.accepted.end() ? wrong : right)++;
  return rules.several(points, static_cast<int>(q.accepted.size()), right, wrong);
}

}  // namespace

std::optional<base::Result<Hundredths>> auto_points(const QuestionBody& q, const Json& answer, Hundredths points,
                                                    const TrainingRules& rules) {
  if (q.type == "open") return std::nullopt;
  if (answer.is_null()) return base::Result<Hundredths>(Hundredths{0});
  if (q.type == "multiple") return several(q, answer, points, rules);
  bool right = false;
  const std::string text = answer.as_string() ? *answer.as_string() : "";
  if (q.type == "single") right = letters_of(answer) == q.accepted;
  else if (q.type == "judge") right = text == q.accepted.at(0);
  else if (q.type == "text")
    right = std::any_of(q.accepted.begin(), q.accepted.end(),
                        [&](const std::string& one) { return plain_answer(one) == plain_answer(text); });
  else {
    auto said = Decimal::parse(plain_answer(text)), wanted = Decimal::parse(q.accepted.at(0));
    auto off = said && wanted ? Decimal::subtract(*said, *wanted) : std::nullopt;
    right = off && off->abs() <= q.tolerance;
  }
  return base::Result<Hundredths>(right ? points : Hundredths{0});
}

}  // namespace guanhu::workbench
