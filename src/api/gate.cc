#include "api/gate.h"

#include <algorithm>

#include "api/long_work.h"
#include "api/words.h"
#include "base/decimal.h"
#include "http/conditional.h"

namespace guanhu::api {

using base::Error;
using base::Json;
using base::JsonArray;
using base::JsonObject;
using http::Response;

namespace {

Refusal refused(int status, std::string code) { return {status, Error{std::move(code), "", "", ""}}; }

// Takes the same time wherever the difference is.
bool same(std::string_view a, std::string_view b) {
  unsigned difference = a.size() == b.size() ? 0 : 1;
  for (size_t i = 0; i < a.size() && i < b.size(); ++i) difference |= static_cast<unsigned>(a[i] ^ b[i]);
  return difference == 0;
}

// A query parameter as the JSON value its schema is about.
Json value_of(const std::string& text, const Schema& schema) {
  if (schema.kind == Schema::Kind::integer)
    if (auto number = base::Decimal::parse(text)) return Json(*number);
  if (schema.kind == Schema::Kind::boolean && (text == "true" || text == "false")) return Json(text == "true");
  return Json(text);
}

class Passage {
 public:
  Passage(const Endpoint& endpoint, Services& services, const Schemas& named, const http::Request& request,
          const http::Params& params)
      : e_(endpoint), services_(services), named_(named), params_(params), call_{.request = request} {
    call_.language = language_of(request.header("accept-language"));
  }

  // The same passage for what is kept: whatever is not plain is left to the worker.
  std::optional<Response> quick() {
    call_.token = std::string(call_.request.cookie(kCookie).value_or(""));
    call_.visitor = services_.known_visitor(call_.token);
    if (!call_.visitor || call_.login().must_change || !e_.permission) return std::nullopt;
    call_.scope = people::scope_of(call_.login().roles, *e_.permission);
    if (call_.scope == people::Scope::none || check_parameters()) return std::nullopt;
    auto kept = e_.quick(services_, call_);
    if (!kept) return std::nullopt;
    return finish(response(std::move(*kept)));
  }

  Response answer() {
    if (auto refusal = admit()) return finish(problem(*refusal, call_.language));
    if (auto refusal = check_parameters()) return finish(problem(*refusal, call_.language));
    if (auto refusal = check_body()) return finish(problem(*refusal, call_.language));
    if (call_.query.count(kAs)) return finish(as_job());
    Outcome outcome = e_.handler(services_, call_);
    if (auto* refusal = std::get_if<Refusal>(&outcome)) return finish(problem(*refusal, call_.language));
    return finish(response(std::get<Answer>(std::move(outcome))));
  }

 private:
  Response as_job() {
    auto job = queue_call(services_, e_, call_);
    if (!job) return problem(refusal_of(job.error()), call_.language);
    Response out = Response::json(job->json().dump(), 202);
    out.set("cache-control", "no-store");
    return out;
  }

  std::optional<Refusal> admit() {
    call_.token = std::string(call_.request.cookie(kCookie).value_or(""));
    if (!call_.token.empty()) call_.visitor = services_.visitor(call_.token);
    if (e_.access == Access::open) return std::nullopt;
    if (!call_.visitor) return refused(401, "session.none");
    if (e_.access != Access::session && call_.login().must_change) return refused(403, "session.must_change");
    if (e_.method != "GET" && !same(call_.request.header("x-csrf-token").value_or(""), call_.visitor->csrf))
      return refused(403, "session.csrf");
    if (!e_.permission) return std::nullopt;
    call_.scope = people::scope_of(call_.login().roles, *e_.permission);
    if (call_.scope == people::Scope::none) return refused(403, "access.forbidden");
    return std::nullopt;
  }

  // Unknown ones are refused: a misspelt filter must not answer more than was asked for.
  std::optional<Refusal> check_parameters() {
    static constexpr std::string_view kListNames[] = {"page", "page_size", "sort", "q", "fields"};
    std::vector<Misfit> wrong;
    for (const auto& [name, value] : call_.request.query) {
      auto at =
          std::find_if(e_.parameters.begin(), e_.parameters.end(), [&](const auto& p) { return p.name == name; });
      bool of_list =
          e_.list && std::find(std::begin(kListNames), std::end(kListNames), name) != std::end(kListNames);
      const bool as_job = name == kAs && title_as_job(e_).has_value();
      if (as_job && value != "job") wrong.push_back({name, "只能是 job"});
      if (at == e_.parameters.end() && !of_list && !as_job) {
        wrong.push_back({name, "没有这个参数"});
        continue;
      }
      if (at != e_.parameters.end())
        for (auto& m : misfits(value_of(value, *at->schema), at->schema, named_))
          wrong.push_back({name, m.message});
      if (!call_.query.emplace(name, value).second) wrong.push_back({name, "重复给出"});
    }
    for (const auto& p : e_.parameters)
      if (p.required && !call_.query.count(p.name)) wrong.push_back({p.name, "缺少"});
    if (e_.list && !e_.sorts && call_.query.count("sort")) wrong.push_back({"sort", "这个列表的次序不能改"});
    if (e_.list)
      call_.list = read_list_query([&](const char* name) { return call_.get(name); },
                                   item_members(e_.output, named_), wrong);
    if (e_.whole && !call_.query.count("page_size") && !call_.query.count("page"))
      call_.list.page_size = SIZE_MAX / 2;
    if (!wrong.empty()) return Refusal{400, Error{"request.parameters", "", "", ""}, std::move(wrong)};
    for (size_t at = e_.path.find('{'); at != std::string::npos; at = e_.path.find('{', at + 1)) {
      std::string name = e_.path.substr(at + 1, e_.path.find('}', at) - at - 1);
      call_.path.emplace(name, std::string(params_[name]));
    }
    return std::nullopt;
  }

  std::optional<Refusal> check_body() {
    if (e_.method == "GET" || e_.method == "DELETE") return std::nullopt;
    std::string_view type = call_.request.header("content-type").value_or("");
    type = type.substr(0, type.find(';'));
    if (!e_.input && e_.accepts == "application/json") return std::nullopt;
    // Also keeps out forms of other pages, which cannot send these types unasked.
    if (type != e_.accepts) return refused(415, "request.media_type");
    if (!e_.input) return std::nullopt;
    auto body = Json::parse(call_.request.body);
    if (!body)
      return Refusal{
          400, Error{"request.json", "", body.error().where, ""}, {{body.error().where, body.error().message}}};
    call_.body = std::move(*body);
    auto wrong = misfits(call_.body, e_.input, named_);
    if (!wrong.empty()) return Refusal{400, Error{"request.body", "", "", ""}, std::move(wrong)};
    return std::nullopt;
  }

  Json list_body(Items items) const {
    for (const auto& p : e_.parameters) {
      auto wanted = p.filters.empty() ? std::nullopt : call_.get(p.name);
      if (!wanted) continue;
      std::erase_if(items.chosen, [&](const Json* item) {
        const Json* value = member_at(*item, p.filters);
        return !value || !value->as_string() || *value->as_string() != *wanted;
      });
    }
    keep_matching(items.chosen, call_.list.q, e_.searched);
    sort_items(items.chosen, call_.list.sort);
    return page_of(call_.list, items.chosen, std::move(items.beside));
  }

  Response response(Answer answer) {
    if (answer.items) answer.body = list_body(std::move(*answer.items));
    Response out = answer.raw  ? std::move(*answer.raw)
                   : e_.output ? Response::json(answer.body.dump(), e_.status)
                               : Response{.status = 204};
    for (auto& [name, value] : answer.headers) out.add(name, value);
    if (e_.method != "GET" || out.stream || out.status != 200) {
      if (!out.header("cache-control")) out.set("cache-control", "no-store");
      return out;
    }
    std::string etag = answer.etag.empty() ? http::etag_of(out.bytes()) : http::etag_from(answer.etag);
    return http::conditional(call_.request, std::move(out), std::move(etag));
  }

  Response finish(Response out) const {
    if (call_.visitor) out.user = call_.visitor->login.login;
    return out;
  }

  const Endpoint& e_;
  Services& services_;
  const Schemas& named_;
  const http::Params& params_;
  Call call_;
};

}  // namespace

Refusal not_found() { return refused(404, "not_found"); }
Refusal forbidden() { return refused(403, "access.forbidden"); }

std::optional<std::string> Call::get(const std::string& name) const {
  auto at = query.find(name);
  if (at == query.end()) return std::nullopt;
  return at->second;
}

const std::string& Call::part(const std::string& name) const { return path.at(name); }

long Call::number(const std::string& name, long otherwise) const {
  auto text = get(name);
  if (!text) return otherwise;
  auto value = base::Decimal::parse(*text);
  return value ? static_cast<long>(value->to_int64().value_or(otherwise)) : otherwise;
}

const std::string& Call::text(const std::string& member) const { return *body.find(member)->as_string(); }

Response problem(const Refusal& r, Language language) {
  Words words = words_for(r.error.code, r.status, language);
  // What the error itself says is more exact than the standing words, as far as the reader can read it.
  if (words.detail.empty() && !r.error.message.empty())
    words.detail = r.error.hint.empty() ? r.error.message : r.error.message + " (" + r.error.hint + ")";
  JsonObject out = {{"type", "about:blank"}, {"title", words.title}, {"status", r.status}, {"code", r.error.code}};
  if (!words.detail.empty()) out.emplace_back("detail", words.detail);
  JsonArray errors;
  for (const auto& m : r.misfits)
    errors.push_back(JsonObject{{"where", m.where}, {"message", m.message}, {"hint", r.error.hint}});
  if (!errors.empty()) out.emplace_back("errors", std::move(errors));
  Response response = Response::json(Json(std::move(out)).dump(), r.status);
  response.set("content-type", "application/problem+json").set("cache-control", "no-store");
  if (r.retry_after > 0) response.set("retry-after", std::to_string(r.retry_after));
  return response;
}

int status_of(const Error& error) {
  auto begins = [&](std::string_view with) { return error.code.rfind(with, 0) == 0; };
  if (error.code == "login.wait" || error.code == "busy.passwords" || error.code == "job.full") return 429;
  if (error.code == "login.failed") return 401;
  if (error.code == "login.taken" || error.code == "job.ended" || error.code == "policy.draft.revision")
    return 409;
  if (error.code == "login.unknown" || error.code == "scheme.unknown" || begins("explain.")) return 404;
  if (begins("policy.scheme.unknown") || error.code == "policy.unknown" || error.code == "policy.draft.unknown")
    return 404;
  if (begins("request.")) return 400;
  return 422;
}

Refusal refusal_of(const Error& error) { return {status_of(error), error}; }

void mount(http::Router& router, Services& services, const Table& table, const Schemas& named) {
  for (const Endpoint& e : table) {
    http::RouteOptions options;
    options.body_limit = e.body_limit;
    if (e.quick)
      options.quick = [&e, &services, &named](const http::Request& q, const http::Params& p) {
        return Passage(e, services, named, q, p).quick();
      };
    router.add(
        e.method, std::string(kBase) + e.path,
        [&e, &services, &named](const http::Request& q, const http::Params& p) {
          return Passage(e, services, named, q, p).answer();
        },
        options);
  }
}

}  // namespace guanhu::api
