#include <ostream>

#include "api/redact.h"
#include "appraisal/explain.h"
#include "cli/prepare.h"

namespace guanhu::cli {

using appraisal::Node;
using appraisal::RowSubject;
using base::Error;

namespace {

// Exactly one way of asking: a figure of a holder, or a subject, or a row.
base::Result<std::optional<RowSubject>> subject_asked(const Options& options, Prepared& p) {
  if (auto row = options.get("row")) {
    auto address = appraisal::RowAddress::parse(*row);
    if (!address) return address.error();
    auto subject = appraisal::subject_of(p.bank.warehouse(), *address, p.known_at);
    if (!subject) return subject.error();
    return std::optional<RowSubject>(*subject);
  }
  for (const char* kind : {"account", "loan", "customer", "sale"}) {
    auto id = options.get(kind);
    if (!id) continue;
    RowSubject subject{kind, *id};
    if (auto status = appraisal::check_subject(p.bank.warehouse(), subject, p.known_at); !status)
      return status.error();
    return std::optional<RowSubject>(subject);
  }
  return std::optional<RowSubject>();
}

base::Status check_asked(const Options& options) {
  if (!options.rest().empty())
    return Error{"cli.extra", "'" + options.rest()[0] + "' is one word too many", "", "see --help"};
  int ways = options.has("holder") || options.has("figure");
  for (const char* way : {"row", "account", "loan", "customer", "sale"}) ways += options.has(way);
  if (ways == 1) return {};
  return Error{"cli.ask", ways ? "only one thing can be explained at a time" : "nothing to explain is named", "",
               "give --holder ID --figure NAME, or one of --row --account --loan --customer --sale"};
}

base::Result<Node> build(const Options& options, Prepared& p) {
  auto subject = subject_asked(options, p);
  if (!subject) return subject.error();
  if (*subject) return appraisal::explain_subject(*p.evaluation, *p.engine, **subject);
  auto holder = options.need("holder"), figure = options.need("figure");
  if (!holder) return holder.error();
  if (!figure) return figure.error();
  auto limit = options.number("limit", options.has("json") ? 100 : 10);
  if (!limit) return limit.error();
  return appraisal::explain(*p.evaluation, *p.engine, {*holder, *figure, static_cast<size_t>(*limit)});
}

int run(const std::vector<std::string>& arguments, Io& io) {
  auto options = Options::parse(arguments,
                                {"data", "scheme", "period", "known-at", "policies", "holder", "figure", "row",
                                 "account", "loan", "customer", "sale", "limit"},
                                {"json"});
  if (!options) return refuse(io, "explain", options.error());
  if (auto status = check_asked(*options); !status) return refuse(io, "explain", status.error());
  auto prepared = prepare(*options, io, options->get("figure").value_or(""));
  if (!prepared) return refuse(io, "explain", prepared.error());
  auto tree = build(*options, **prepared);
  if (!tree) return refuse(io, "explain", tree.error());
  api::mask_rows(*tree, (*prepared)->bank.personal_key());
  io.out << (options->has("json") ? appraisal::to_json(*tree).dump(1) + "\n" : appraisal::to_text(*tree));
  return kDone;
}

}  // namespace

const Command kExplainCommand = {
    "explain", "opens a figure down to its source rows, or a row up to the figures it moved",
    R"(usage: guanhu explain --data DIR --scheme PACK/SCHEME --period P --holder ID --figure NAME [--limit N] [--json]
       guanhu explain --data DIR --scheme PACK/SCHEME --period P --row DATE/FILE:LINE [--json]
       guanhu explain --data DIR --scheme PACK/SCHEME --period P --account ID | --loan ID | --customer ID | --sale ID

The first form prints the tree under one figure, score or total (总分): formula, article, parameters,
inputs; under a measure the accounts with their shares, change points and balance-days, each with the feed
file and line. The others start from a row or a thing and list what it moved, for whom and by how much.

  --figure NAME        a figure or score of the scheme, or 总分
  --limit N            how many accounts or events under a measure, largest first (10; with --json 100; 0: all);
                       the rest is told as one sum
  --row DATE/FILE:LINE for example 2021-03-05/balances.csv:17
  --known-at TIME, --policies DIR, --json   as for appraise
)",
    run};

}  // namespace guanhu::cli
