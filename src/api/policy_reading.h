// Which state of a pack a request is about, and what several groups of endpoints ask of it.
#pragma once
#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "api/endpoint.h"
#include "api/policy_book.h"
#include "api/policy_uses.h"
#include "api/services.h"
#include "policy/decision_log.h"

namespace guanhu::api {

// The bank's day: it begins eight hours before UTC's.
base::Date today_of(Services& s);
// The number in a path or a parameter; nothing when it is none.
std::optional<int64_t> number_of(const std::string& text);

struct Reading {
  std::shared_ptr<const Book> book;
  std::optional<int64_t> version, draft;  // that answers; none: the pack as it is installed
};
// Of the version or the draft asked for, else of the version in force on `on`, else as it is installed. Refused:
// 404 for what is not there, or not the reader's to see (a draft); what cannot be read, with its first problem.
struct Wanted {
  std::string pack;
  std::optional<int64_t> version = {}, draft = {};
  std::optional<base::Date> on = {};  // none: today
};
std::variant<Reading, Refusal> reading_of(Services& s, const Call& call, const Wanted& wanted);
// The same by the path's {pack} and the parameters below.
std::variant<Reading, Refusal> reading_of(Services& s, const Call& call);
std::vector<Parameter> reading_parameters(std::vector<Parameter> more = {});

// Installed packs, and those that only have versions.
std::vector<std::string> pack_names(Services& s, store::Session& store);
// Every pack that can be read, as it is in force today.
BookList books_in_force(Services& s);

// Points to be settled by the bank: open texts, values no text gives, what a person judges.
base::Json open_points(const policy::Pack& pack, const Book* book);
base::Json parameter_json(const policy::Parameter& parameter, const Book* book);
base::Json uses_json(const std::vector<Use>& uses);
// The cases of a decision, or of all of them when it is "", run now.
base::JsonArray cases_json(const policy::Pack& pack, const std::string& decision, base::Date today);
base::JsonObject version_json(const policy::PolicyVersion& version);
base::Json version_whole_json(const policy::PolicyVersion& version);
base::Json recorded_json(const policy::RecordedDecision& one);
base::Json article_json(const Book& book, const BookArticle& article);

}  // namespace guanhu::api
