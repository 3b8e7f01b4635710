// What the handlers of suggestions, surveys, concessions, expenses, products and customers' questions share:
// asking the packs, the business calendar as their input, who is over whom, steps with words, amounts in yuan.
#pragma once
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "api/mail_desk.h"
#include "base/money.h"
#include "workbench/suggestion.h"
#include "workbench/todo_facts.h"

namespace guanhu::api {

inline constexpr const char* kVoicePack = "customer-voice";
inline constexpr const char* kPracticePack = "hk-h-bank-practice";

class AdviceDesk : public MailDesk {
 public:
  AdviceDesk(Services& services, const Call& call) : MailDesk(services, call) {}

  // The result of a decision as it counts today. Refused: advice.rules (the pack is not installed, or broken), and
  // what decide() refuses.
  base::Result<base::Json> ask(const std::string& pack, const char* decision, base::JsonObject input);
  // 法定节假日, 调休工作日 around today, for decisions that count working days.
  void add_calendar(base::JsonObject& input);
  const workbench::RoleFinder& finder();
  std::string superior(const std::string& staff) { return finder().superior(staff); }
  // The grade somebody holds today; "": none.
  std::string grade_of(const std::string& staff);
  std::string position_of(const std::string& staff) const;

  workbench::AdviceSaid said(const std::string& what, const std::string& text) {
    return {now().str(), login(), person(), what, text};
  }
  base::Json said_json(const std::vector<workbench::AdviceSaid>& said) const;  // with names
  base::Json files_json_of(const records::Record& of);
  // Nothing: not there, or not the asker's to see.
  std::optional<records::Record> seen(const char* kind, const std::string& id);
  // Holds the permission for the whole bank.
  bool bank_wide(people::Permission permission) const { return scope(permission) == people::Scope::bank; }

 private:
  std::optional<workbench::RoleFinder> finder_;
};

// Of the body: "12.34" as fen; nothing when it is no amount with at most two decimals.
std::optional<base::Fen> fen_member(const Call& call, const char* member);
// A decimal of yuan as packs answer it, in fen, rounded half up.
base::Fen fen_of(const base::Json& yuan);
base::Json yuan(base::Fen fen);
// The quarter, month or year that a parameter or a member names.
std::variant<base::Period, Refusal> period_of(const std::string& text);
// 409 where somebody else's step came between.
Refusal advice_refusal(const base::Error& error);
Answer workbook_answer(std::string bytes, const std::string& name);

SchemaRef said_shape();
// The members that steps with words take.
SchemaRef step_input(std::vector<std::pair<std::string, SchemaRef>> more = {},
                     std::vector<std::string> optional = {});

// Parts of advice_endpoints() and advice_shapes().
Table suggestion_endpoints();
Table suggestion_figure_endpoints();
Table survey_endpoints();
Table survey_answer_endpoints();
Table favour_endpoints();
Table favour_power_endpoints();
Table expense_endpoints();
Table expense_register_endpoints();
Table product_endpoints();
Table consult_endpoints();
void survey_shapes(Schemas& out);
void money_shapes(Schemas& out);
void card_shapes(Schemas& out);
// Who sees what, for advice_kinds().
bool sees_suggestion(Desk& desk, const records::Record& of);
bool sees_survey(Desk& desk, const records::Record& of);
bool sees_product(Desk& desk, const records::Record& of);
bool sees_consult(Desk& desk, const records::Record& of);

}  // namespace guanhu::api
