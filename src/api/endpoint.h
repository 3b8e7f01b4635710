// One table of endpoints: method, path, permission, input, output, handler. The router, the gate, the
// OpenAPI document and the test that walks every endpoint × role all read it.
//
// A handler gets what has been checked already: the session, the permission's scope, parameters of the
// declared types, a body that fits its schema. What the scope does not reach it must not find: it asks
// `Reach` (reach.h), never the role.
#pragma once
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "api/list.h"
#include "api/schema.h"
#include "api/words.h"
#include "base/error.h"
#include "base/json.h"
#include "http/http.h"
#include "people/access.h"
#include "people/logins.h"

namespace guanhu::api {

struct Parameter {
  std::string name;
  SchemaRef schema;
  bool required = false;
  std::string description;
  // Of a list: the member of an item that must equal the parameter. Empty: the handler sees to it.
  std::string filters = {};
};

// A refusal on its way to a problem document.
struct Refusal {
  int status = 422;
  base::Error error;
  std::vector<Misfit> misfits = {};
  int retry_after = 0;  // seconds; 429
};

// The same answer for what is not there and for what is not yours to see.
Refusal not_found();
Refusal forbidden();

struct Answer {
  base::Json body = {};
  http::Headers headers = {};              // set-cookie, ...
  std::string etag = {};                   // names the version of the answer; empty: its bytes do
  std::optional<Items> items = {};         // instead of body: a list, of which the gate makes a page
  std::optional<http::Response> raw = {};  // instead of body: files, streams
};

using Outcome = std::variant<Answer, Refusal>;

struct Call {
  const http::Request& request;
  std::map<std::string, std::string> path = {}, query = {};  // decoded; only declared names
  base::Json body = {};
  std::optional<people::Visitor> visitor = {};
  std::string token = {};                     // of the session, "" without one
  people::Scope scope = people::Scope::none;  // how far the endpoint's permission reaches for this visitor
  ListQuery list = {};
  Language language = Language::zh;

  std::optional<std::string> get(const std::string& name) const;  // query parameter
  const std::string& part(const std::string& name) const;         // of the path; must be declared
  long number(const std::string& name, long otherwise) const;     // checked before
  const std::string& text(const std::string& member) const;       // of the body; checked before
  const people::Login& login() const { return visitor.value().login; }
};

class Services;  // what handlers work with (services.h)

enum class Access {
  open,       // without a session
  session,    // any session, also one that must change its password
  settled,    // any session whose password is its own
  permission  // settled, and the permission in some scope
};

struct Endpoint {
  std::string method, path, summary;  // path as in docs/api.md: "/scores/{holder}"
  Access access = Access::permission;
  std::optional<people::Permission> permission = {};
  std::vector<Parameter> parameters = {};  // query; those of the path are read from it
  SchemaRef input = {}, output = {};       // null: none
  std::function<Outcome(Services&, const Call&)> handler = {};
  // What is kept already is answered on the event loop; nothing: the handler does it. Must neither wait nor
  // compute.
  std::function<std::optional<Answer>(Services&, const Call&)> quick = {};
  bool list = false;                          // takes page, page_size, sort, q, fields
  bool whole = false;                         // of a list: everything, unless a page is asked for
  bool sorts = true;                          // of a list: it takes `sort`
  std::vector<std::string> searched = {};     // of a list: the members that free text looks into
  int status = 200;                           // of success with a body
  std::string accepts = "application/json";   // of the body; anything else has no schema
  std::string produces = "application/json";  // of the answer; anything else has no schema
  size_t body_limit = 64 * 1024;
};

using Table = std::vector<Endpoint>;

// The whole table, in the order of docs/api.md.
const Table& endpoints();
const Schemas& named_schemas();
// The list answer around items of a named schema, with other members beside them.
SchemaRef list_of(const std::string& item, std::vector<std::pair<std::string, SchemaRef>> beside = {});
// The members of the items of a list answer; empty for any other schema.
std::vector<std::pair<std::string, SchemaRef>> item_members(const SchemaRef& output, const Schemas& named);

// OpenAPI 3.1.
base::Json openapi(const Table& table, const Schemas& named);

}  // namespace guanhu::api
