#include <tenon/data/csv.hpp>

#include <zlib.h>

#include <cmath>
#include <numeric>

#include "../support/catch.hpp"
#include "../support/error_of.hpp"
#include "../support/temporary_folder.hpp"

namespace tn = tenon;
using support::error_of;
using Names = std::vector<std::string>;

namespace {

const std::string texts_remedy = "; list a column of texts in .categorical or .one_hot, and a mark of missing values in .missing";
const std::string missing_remedy = "; .drop_missing = true leaves such rows out";

std::string parse_error(std::string_view text, const tn::CsvOptions& options = {}) {
  return error_of([&] { tn::parse_csv(text, options); });
}
std::vector<float> values(const xt::xtensor<float, 2>& tensor) { return {tensor.begin(), tensor.end()}; }

}  // namespace

TEST_CASE("A CSV table has its targets in y and all other columns in x", "[data][csv]") {
  const auto table = tn::parse_csv("a,price,b\n1,2,3\n-4.5,5e-1, +6 \n", {.target = "price"});
  CHECK(table.features == Names{"a", "b"});
  CHECK(table.targets == Names{"price"});
  CHECK(table.x.shape() == std::array<std::size_t, 2>{2, 2});
  CHECK(values(table.x) == std::vector{1.f, 3.f, -4.5f, 6.f});
  CHECK(values(table.y) == std::vector{2.f, .5f});
}

TEST_CASE("A CSV table may have several targets, or none", "[data][csv]") {
  const auto two = tn::parse_csv("a,b,c\n1,2,3\n", {.target = {"c", "a"}});
  CHECK(two.targets == Names{"a", "c"});  // in the order of the file
  CHECK(values(two.y) == std::vector{1.f, 3.f});
  const auto none = tn::parse_csv("a,b,c\n1,2,3\n");
  CHECK(none.x.shape(1) == 3);
  CHECK(none.y.shape() == std::array<std::size_t, 2>{1, 0});
}

TEST_CASE("Blanks around the names of CSV columns do not count, unless they are quoted", "[data][csv]") {
  const auto table = tn::parse_csv("a, b ,\tc d,\" e \"\n1, 2,3,4\n", {.target = "b"});
  CHECK(table.features == Names{"a", "c d", " e "});
  CHECK(values(table.x) == std::vector{1.f, 3.f, 4.f});
  CHECK(values(table.y) == std::vector{2.f});
  CHECK(parse_error("a, a\n1,2\n") == "two columns are named 'a'");
}

TEST_CASE("CSV columns without a header are known by number", "[data][csv]") {
  const auto table = tn::parse_csv("junk\n1;2\n3;4", {.target = "1", .delimiter = ';', .has_header = false, .skip_lines = 1});
  CHECK(table.features == Names{"0"});
  CHECK(values(table.x) == std::vector{1.f, 3.f});
  CHECK(values(table.y) == std::vector{2.f, 4.f});
}

TEST_CASE("CSV quotes, line ends and a byte order mark follow RFC 4180", "[data][csv]") {
  const std::string text = "\xEF\xBB\xBF\"a \"\"x\"\"\",\"b,\nc\",d\r\n\"1\",2,\"up\r\nand, down\"\r\n3,4,\"\"\"\"\r\n\r\n\n";
  const auto table = tn::parse_csv(text, {.categorical = "d"});
  CHECK(table.features == Names{"a \"x\"", "b,\nc", "d"});
  CHECK(table.categories.at("d") == Names{"\"", "up\r\nand, down"});
  CHECK(values(table.x) == std::vector{1.f, 2.f, 1.f, 3.f, 4.f, 0.f});
  CHECK(parse_error("a\n\"1\"\n\"2\n\n\"\n3,4\n", {.categorical = "a"}) ==  // lines within quotes count
        "line 6: 2 fields, expected 1");
}

TEST_CASE("CSV categories are coded in alphabetical order", "[data][csv]") {
  const std::string text = "size,species\n1,setosa\n2,iris\n3,setosa\n4,virginica\n";
  const auto train = tn::parse_csv(text, {.target = "species", .categorical = {"species"}});
  CHECK(train.categories.at("species") == Names{"iris", "setosa", "virginica"});
  const auto labels = train.labels();
  CHECK(std::vector<int>(labels.begin(), labels.end()) == std::vector{1, 0, 1, 2});

  const auto test = tn::parse_csv("size,species\n5,virginica\n", {.target = "species", .categories = train.categories});
  CHECK(test.labels()(0) == 2);
  CHECK(test.categories == train.categories);
  CHECK(parse_error("size,species\n5,rosa\n", {.categories = train.categories}) ==
        "line 2, column 'species': not one of the given categories: 'rosa'");
}

TEST_CASE("A one-hot CSV column becomes a column for each of its texts", "[data][csv]") {
  const auto train = tn::parse_csv("town,rooms,kind\nsouth,3,b\nnorth,4,a\nsouth,5,c\n", {.target = "kind", .one_hot = {"town", "kind"}});
  CHECK(train.features == Names{"town=north", "town=south", "rooms"});
  CHECK(values(train.x) == std::vector{0.f, 1.f, 3.f, 1.f, 0.f, 4.f, 0.f, 1.f, 5.f});
  CHECK(train.targets == Names{"kind=a", "kind=b", "kind=c"});
  CHECK(values(train.y) == std::vector{0.f, 1.f, 0.f, 1.f, 0.f, 0.f, 0.f, 0.f, 1.f});
  CHECK(train.categories.at("town") == Names{"north", "south"});

  const auto test = tn::parse_csv("town,rooms,kind\nsouth,2,a\n", {.target = "kind", .one_hot = {"town", "kind"}, .categories = train.categories});
  CHECK(test.features == train.features);
  CHECK(values(test.x) == std::vector{0.f, 1.f, 2.f});
  CHECK(test.y.shape(1) == 3);
  CHECK(parse_error("a\n1\n", {.one_hot = "b"}) == "one_hot: no column 'b'; the columns are 'a'");
}

TEST_CASE("CSV columns can be ignored and incomplete rows left out", "[data][csv]") {
  const std::string text = "a,note,b\n1,,2\n,x,3\n4,y,?\n5,?,6\n";
  const auto table = tn::parse_csv(text, {.ignore = "note", .missing = "?", .drop_missing = true});
  CHECK(values(table.x) == std::vector{1.f, 2.f, 5.f, 6.f});
  CHECK(table.dropped_rows == 2);
  const auto kinds = tn::parse_csv("kind,a\nlost,\nkept,1\n", {.categorical = "kind", .drop_missing = true});
  CHECK(kinds.categories.at("kind") == Names{"kept"});
}

TEST_CASE("CSV errors name line and column", "[data][csv]") {
  CHECK(parse_error("a,b\n1,2\n3, \n") == "line 3, column 'b': missing value" + missing_remedy);
  CHECK(parse_error("a,b\n1,2\nNEAR BAY,4\n") == "line 3, column 'a': not a number: 'NEAR BAY'" + texts_remedy);
  CHECK(parse_error("a,b\n1,2x\n") == "line 2, column 'b': not a number: '2x'" + texts_remedy);
  CHECK(parse_error("a,b\n1,0x10\n") == "line 2, column 'b': not a number: '0x10'" + texts_remedy);
  CHECK(parse_error("a,b\n1,nan\n") == "line 2, column 'b': not a finite number of a float's range: 'nan'");
  CHECK(parse_error("a,b\n1,1e400\n") == "line 2, column 'b': not a finite number of a float's range: '1e400'");
  CHECK(parse_error("a,b\n1," + std::string(400, '9') + "\n").starts_with("line 2, column 'b': not a finite number of a float's range"));
  CHECK(parse_error("a,b\n1,1\n", {.target = "b", .ignore = "b"}) == "ignore: column 'b' is a target, too");
  CHECK(parse_error("a,b\n1,1e39\n") == "line 2, column 'b': not a finite number of a float's range: '1e39'");
  CHECK(parse_error("a,b\n1,2,3\n") == "line 2: 3 fields, expected 2");
  CHECK(parse_error("a,b\n1,2\n\n3,4\n") == "line 3: 1 field, expected 2");
  CHECK(parse_error("a,b\n1,\"2\n3") == "line 2, field 2: the quote is not closed");
  CHECK(parse_error("a,b\n1,\"2\"3\n") == "line 2, field 2: text follows a closing quote");
  CHECK(parse_error("a,b\n,\n", {.drop_missing = true}) == "each row has a missing value");
}

TEST_CASE("CSV errors name the column that is not there", "[data][csv]") {
  CHECK(parse_error("a,b\n1,2\n", {.target = "c"}) == "target: no column 'c'; the columns are 'a', 'b'");
  CHECK(parse_error("a,b\n1,2\n", {.categorical = {"a", "d"}}) == "categorical: no column 'd'; the columns are 'a', 'b'");
  CHECK(parse_error("a,b\n1,2\n", {.ignore = "2"}) == "ignore: no column '2'; the columns are 'a', 'b'");
  CHECK(parse_error("a,a\n1,2\n") == "two columns are named 'a'");
  CHECK(parse_error("a\n1\n", {.target = "a"}) == "no column is left for x");
  CHECK(parse_error("") == "is empty");
  CHECK(parse_error("\n\r\n") == "is empty");
  CHECK(parse_error("a,b\n") == "has a header but no rows");
}

TEST_CASE("labels refuses targets that are no class numbers", "[data][csv]") {
  CHECK(error_of([] { tn::parse_csv("a,b\n1,2.5\n", {.target = "b"}).labels(); }) ==
        "Table::labels: b of row 0 is 2.500000, expected a whole number of 0 or more");
  CHECK(error_of([] { tn::parse_csv("a,b\n1,-1\n", {.target = "b"}).labels(); }) ==
        "Table::labels: b of row 0 is -1.000000, expected a whole number of 0 or more");
  CHECK(error_of([] { tn::parse_csv("a,b\n1,2\n").labels(); }) == "Table::labels: 0 targets, expected 1");
}

TEST_CASE("load_csv reads plain and gzip files and names the file in errors", "[data][csv]") {
  const support::TemporaryFolder folder;
  CHECK(tn::datasets::load_csv(folder.write("plain.csv", "a\n1\n")).x(0, 0) == 1);
  const std::string packed = folder.path() / "packed.csv.gz";
  const gzFile file = gzopen(packed.c_str(), "wb");
  gzputs(file, "a\n2\n");
  gzclose(file);
  CHECK(tn::datasets::load_csv(packed).x(0, 0) == 2);
  const std::string bad = folder.write("bad.csv", "a\nx\n");
  CHECK(error_of([&] { tn::datasets::load_csv(bad); }) == bad + ": line 2, column 'a': not a number: 'x'" + texts_remedy);
  const std::string none = folder.path() / "none.csv";
  CHECK(error_of([&] { tn::datasets::load_csv(none); }) == none + ": no such file");
  CHECK(error_of([&] { tn::datasets::load_csv(folder.path()); }) == folder.path().string() + ": is a folder, a file is wanted");
}

// Shapes and sums computed by pandas.
TEST_CASE("load_csv agrees with pandas on well-known files", "[data][csv][full]") {
#ifdef TENON_TEST_DATA
  const std::filesystem::path folder = std::filesystem::path(TENON_TEST_DATA) / "tabular";
  if (std::filesystem::exists(folder)) {
    const auto check = [&](const char* name, std::size_t rows, std::size_t columns, double sum, const tn::CsvOptions& options) {
      INFO(name);
      const auto table = tn::datasets::load_csv(folder / name, options);
      CHECK(table.x.shape() == std::array<std::size_t, 2>{rows, columns});
      CHECK(std::accumulate(table.x.begin(), table.x.end(), 0.) == Approx(sum).epsilon(1e-6));
      return table;
    };
    check("iris.csv", 150, 5, 2228.7, {.has_header = false, .skip_lines = 1});
    check("wine_data.csv", 178, 14, 160142.295999, {.has_header = false, .skip_lines = 1});
    check("breast_cancer.csv", 569, 31, 1056831.459636, {.has_header = false, .skip_lines = 1});
    check("digits.csv.gz", 1797, 65, 569788, {.has_header = false});
    check("diabetes_data_raw.csv.gz", 442, 10, 276404.2336, {.delimiter = ' ', .has_header = false});
    check("diabetes_target.csv.gz", 442, 1, 67243, {.has_header = false});
    check("linnerud_exercise.csv", 20, 3, 4506, {.delimiter = ' '});
    check("linnerud_physiological.csv", 20, 3, 5402, {.delimiter = ' '});
    check("autompg.csv.gz", 392, 8, 1332204.5, {.ignore = "7", .has_header = false});

    const std::string houses = folder / "california_housing.csv";
    CHECK(error_of([&] { tn::datasets::load_csv(houses, {.ignore = "ocean_proximity"}); }) ==
          houses + ": line 184, column 'total_bedrooms': missing value" + missing_remedy);
    CHECK(error_of([&] { tn::datasets::load_csv(houses); }) ==
          houses + ": line 2, column 'ocean_proximity': not a number: 'NEAR BAY'" + texts_remedy);
    const auto table = tn::datasets::load_csv(
        houses, {.target = "median_house_value", .categorical = "ocean_proximity", .drop_missing = true});
    CHECK(table.x.shape() == std::array<std::size_t, 2>{20433, 9});
    CHECK(table.dropped_rows == 207);
    CHECK(table.categories.at("ocean_proximity") == Names{"<1H OCEAN", "INLAND", "ISLAND", "NEAR BAY", "NEAR OCEAN"});
    double codes = 0, bedrooms = 0;
    for (std::size_t i = 0; i < 20433; ++i) codes += table.x(i, 8), bedrooms += table.x(i, 4);
    CHECK(codes == 23828);
    CHECK(bedrooms == 10990309);
    CHECK(std::accumulate(table.y.begin(), table.y.end(), 0.) == 4226860554.);
    return;
  }
#endif
  WARN("skipped: TENON_TEST_DATA names no folder with the tables");
}

TEST_CASE("a number that is too small for a float is zero", "[data][csv]") {
  const auto table = tn::parse_csv("a\n1e-50\n1e-400\n-3.5E-999\n0." + std::string(400, '0') + "1\n-." + std::string(400, '0') + "1\n2\n");
  CHECK(std::vector<float>(table.x.begin(), table.x.end()) == std::vector<float>{0, 0, 0, 0, 0, 2});
}

TEST_CASE("a CSV number is in range or not by its digits and its exponent together", "[data][csv]") {
  const std::string zeros(400, '0');
  const auto table = tn::parse_csv("a\n0." + zeros + "1e5\n1" + zeros + "e-400\n0." + zeros + "1e401\n-0." + zeros + "1e+3\n1e-99999999999999999999\n3.4028235e38\n-3.4028235e38\n");
  CHECK(std::vector<float>(table.x.begin(), table.x.end()) == std::vector<float>{0, 1, 1, 0, 0, 0x1.fffffep127f, -0x1.fffffep127f});
  for (const std::string& number : {"1" + zeros + "e-5", "-1" + zeros + "E-5", "0." + zeros + "1e900", std::string("1e99999999999999999999"), std::string("3.4028236e38")})
    CHECK(parse_error("a\n" + number + "\n") == "line 2, column 'a': not a finite number of a float's range: '" + number + "'");
}

TEST_CASE("CSV options that contradict each other are refused", "[data][csv]") {
  CHECK(parse_error("a,b\n1,x\n", {.categories = {{"b", {"x", "y", "x"}}}}) == "categories: 'x' stands twice in column 'b'");
  CHECK(parse_error("a,b\n1,x\n", {.categorical = "b", .one_hot = "b"}) == "one_hot: column 'b' is categorical, too");
  CHECK(parse_error("a,a=x\nx,1\n", {.one_hot = "a"}) == "one_hot: two columns would be named 'a=x'");
  CHECK(parse_error("a,a=x\nx,1\n", {.target = "a=x", .one_hot = "a"}) == "one_hot: two columns would be named 'a=x'");
  CHECK(tn::parse_csv("a,a=x\nx,1\n", {.one_hot = "a", .ignore = "a=x"}).features == Names{"a=x"});
}
