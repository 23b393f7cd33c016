//! The columns of a file of goods.

use crate::import::columns::{Column, Found};

/// How many there are.
pub const N: usize = 29;

/// A column by what it says. The order is that of the file that is taken out.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[repr(usize)]
pub enum Col {
    /// The rows of one product say the same here: its id, or whatever its seller calls it in this file.
    Product,
    Sku,
    Name,
    Category,
    State,
    Brand,
    Condition,
    Description,
    Option1,
    Value1,
    Option2,
    Value2,
    Price,
    ListPrice,
    Stock,
    /// The stock that was there when the file was taken out: left as it was, it is not counted anew.
    StockWas,
    Wholesale,
    MinQty,
    MaxQty,
    Weight,
    VariantWeight,
    Length,
    Width,
    Height,
    Preorder,
    Video,
    Attributes,
    Pictures,
    VariantPicture,
}

pub const COLUMNS: [Column; N] = [
    Column { name: "product", aliases: &["produk"] },
    Column { name: "sku", aliases: &["product_id", "id", "kode", "kode_produk"] },
    Column { name: "name", aliases: &["nama", "nama_produk", "title", "product_name"] },
    Column { name: "category", aliases: &["kategori"] },
    Column { name: "state", aliases: &["status"] },
    Column { name: "brand", aliases: &["merek", "merk"] },
    Column { name: "condition", aliases: &["kondisi"] },
    Column { name: "description", aliases: &["deskripsi"] },
    Column { name: "option_1", aliases: &["pilihan_1"] },
    Column { name: "value_1", aliases: &["isi_1"] },
    Column { name: "option_2", aliases: &["pilihan_2"] },
    Column { name: "value_2", aliases: &["isi_2"] },
    Column { name: "price", aliases: &["price_idr", "harga"] },
    Column { name: "list_price", aliases: &["harga_coret"] },
    Column { name: "stock", aliases: &["stok"] },
    Column { name: "stock_was", aliases: &["stok_semula"] },
    Column { name: "wholesale", aliases: &["grosir"] },
    Column { name: "min_qty", aliases: &["minimal"] },
    Column { name: "max_qty", aliases: &["maksimal"] },
    Column { name: "weight_g", aliases: &["weight", "berat", "berat_gram"] },
    Column { name: "variant_weight_g", aliases: &["berat_varian"] },
    Column { name: "length_cm", aliases: &["panjang"] },
    Column { name: "width_cm", aliases: &["lebar"] },
    Column { name: "height_cm", aliases: &["tinggi"] },
    Column { name: "preorder_days", aliases: &["preorder"] },
    Column { name: "video", aliases: &[] },
    Column { name: "attributes", aliases: &["spesifikasi"] },
    Column { name: "pictures", aliases: &["foto"] },
    Column { name: "variant_picture", aliases: &["foto_varian"] },
];

/// What all rows of a product say alike, but for the one they are known by.
pub const OF_PRODUCT: [Col; 19] = [
    Col::Name,
    Col::Category,
    Col::State,
    Col::Brand,
    Col::Condition,
    Col::Description,
    Col::Option1,
    Col::Option2,
    Col::Wholesale,
    Col::MinQty,
    Col::MaxQty,
    Col::Weight,
    Col::Length,
    Col::Width,
    Col::Height,
    Col::Preorder,
    Col::Video,
    Col::Attributes,
    Col::Pictures,
];

/// What each variant says for itself.
pub const OF_VARIANT: [Col; 8] = [
    Col::Sku,
    Col::Value1,
    Col::Value2,
    Col::Price,
    Col::ListPrice,
    Col::Stock,
    Col::VariantWeight,
    Col::VariantPicture,
];

impl Col {
    pub const fn name(self) -> &'static str {
        COLUMNS[self as usize].name
    }

    /// Whole numbers, which a spreadsheet may write as such.
    pub const fn is_whole(self) -> bool {
        matches!(
            self,
            Self::Price
                | Self::ListPrice
                | Self::Stock
                | Self::StockWas
                | Self::MinQty
                | Self::MaxQty
                | Self::Weight
                | Self::VariantWeight
                | Self::Preorder
        )
    }

    pub const fn is_decimal(self) -> bool {
        matches!(self, Self::Length | Self::Width | Self::Height)
    }
}

/// The cells of one row; none of a column the file does not have.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Cells(pub [Option<String>; N]);

impl Cells {
    pub fn get(&self, col: Col) -> Option<&str> {
        self.0[col as usize].as_deref()
    }

    /// Empty where it is not there.
    pub fn text(&self, col: Col) -> &str {
        self.get(col).unwrap_or_default()
    }

    pub fn is_blank(&self) -> bool {
        self.0.iter().flatten().all(String::is_empty)
    }
}

/// Whether goods can be told from one another by these columns.
pub fn suffice(found: &Found<N>) -> bool {
    found.has(Col::Sku as usize) || found.has(Col::Product as usize)
}
