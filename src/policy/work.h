// What a pack asks people to do: lists to be answered, work that falls due, messages, procedures. They
// are read, checked and shown here; the modules of the working day carry them out.
#pragma once
#include <string>
#include <vector>

#include "policy/decision.h"

namespace guanhu::policy {

// Questions that must be answered, by whoever visits, checks or investigates.
struct Checklist {
  std::string id, title;
  std::vector<Field> items;  // answers; those that are not optional must be there
  std::string conclusion;    // a decision of the pack whose inputs are the answers; may be empty
  Origin origin;
};

// A time that runs: "3 工作日", "15 天", "2 月". A working day is one of the business calendar.
struct Delay {
  enum class Unit { day, working_day, week, month, quarter, year };
  int count = 0;
  Unit unit = Unit::day;
};

struct Escalation {
  Delay after;     // counted from the day it was due
  std::string to;  // a role: "支行行长"
};

// Work that arises by itself. Its subject is what it is about: "loan", "customer", "contract", "collateral",
// "account", "manager", "organisation", "lead" or "case"; the subject's columns are the names its formulas
// may use.
struct Duty {
  std::string id, title;                // the title may name columns in braces: "贷后检查:{客户名称}"
  std::string subject;                  // "loan"
  Text where;                           // FEEL over the subject's columns; empty: all
  Text due;                             // FEEL: the day it is due, or null when there is nothing to do
  Delay lead;                           // it appears so long before; 0: at once
  std::string who;                      // role that does it: "主办客户经理"
  std::vector<Escalation> escalations;  // in order of time
  std::string checklist;                // the form it is done with; may be empty
  Origin origin;
};

// A message that is sent.
struct Notice {
  std::string id, title;
  std::string subject;
  Text where;                   // FEEL; empty: all
  Text when;                    // FEEL: the day it is sent
  std::vector<std::string> to;  // roles, or "customer"
  std::string channel;          // "message", "sms", "letter"
  std::string text;             // with columns in braces
  Origin origin;
};

struct ProcessStep {
  std::string name;  // "调查"
  Text at;
  std::vector<std::string> roles;  // who may do it
  int people = 1;                  // how many different people must
  Text condition;                  // FEEL over the process's inputs; empty: always
  std::optional<Delay> deadline;   // after the step before
  std::string gate;                // a decision that must let it pass; may be empty
  std::string form;                // a checklist; may be empty
};

// A procedure: its steps in order, and which of them one person may not do both.
struct Process {
  std::string id, title, subject;
  std::vector<Field> inputs;  // what its conditions and gates ask about
  std::vector<ProcessStep> steps;
  std::vector<std::vector<std::string>> separate;  // groups of steps, each by different people
  Origin origin;
};

}  // namespace guanhu::policy
